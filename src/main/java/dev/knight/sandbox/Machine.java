package dev.knight.sandbox;

import java.util.Locale;
import java.util.Optional;

/**
 * The kind of processor, as far as the kernel's calls have other numbers on it.
 *
 * @see <a href="https://docs.kernel.org/userspace-api/seccomp_filter.html">AUDIT_ARCH</a>
 */
enum Machine {
  X86_64(0xC000003E),
  ARM64(0xC00000B7);

  private final int auditNumber;

  Machine(int auditNumber) {
    this.auditNumber = auditNumber;
  }

  /** The number by which the kernel names it to a filter. */
  int auditNumber() {
    return auditNumber;
  }

  /** The machine that the JDK calls {@code name}, if knight has a filter for it. */
  static Optional<Machine> of(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "amd64", "x86_64" -> Optional.of(X86_64);
      case "aarch64", "arm64" -> Optional.of(ARM64);
      default -> Optional.empty();
    };
  }
}
