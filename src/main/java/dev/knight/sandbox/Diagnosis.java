package dev.knight.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds out from what {@code bwrap} said, and from the system, why a jail cannot be made. */
final class Diagnosis {
  private static final String NEEDED = "bubblewrap 0.8 or later";

  private static final Pattern WORD = Pattern.compile("^(ID|ID_LIKE)=\"?([^\"]*)\"?$");

  private static final int LONGEST = 200;

  private final Path root;

  /**
   * For one machine.
   *
   * @param root where its system lies: {@code /}
   */
  Diagnosis(Path root) {
    this.root = root;
  }

  /** There is no {@code bwrap}. */
  Trouble missing() {
    return new Trouble(
        "The sandbox needs %s, and there is no bwrap on the PATH".formatted(NEEDED),
        "install it with \"%s\"".formatted(install()));
  }

  /** knight has no filter for this processor. */
  Trouble unknownMachine(String name) {
    return new Trouble(
        "The sandbox needs a filter for the kernel's calls, which knight has for x86-64 and arm64 and"
            + " not for "
            + name,
        "use such a machine, or knight.sandbox: none on one that has nothing to lose");
  }

  /** {@code bwrap} ended, and said {@code complaint}. */
  Trouble of(String complaint) {
    String said = lastLine(complaint);
    return tooOld(said)
        .or(() -> proc(said))
        .or(() -> capabilities(said))
        .or(() -> namespaces(said))
        .or(() -> filter(said))
        .orElseGet(() ->
            new Trouble(
                "The sandbox does not start: " + said,
                "run \"knight doctor\" and see docs/operation.md, \"The sandbox\""));
  }

  private static Optional<Trouble> tooOld(String said) {
    return when(
        said.contains("Unknown option"),
        "bwrap is too old (%s)".formatted(said),
        "install %s: Debian 12, Ubuntu 24.04, Fedora 38 and later have it".formatted(NEEDED));
  }

  private Optional<Trouble> proc(String said) {
    boolean masked =
        said.contains("mount proc") || said.contains("/proc/sys/user/max_user_namespaces");
    return when(
            masked && isContainer(),
            "The sandbox cannot have a /proc of its own, because this container masks parts of /proc",
            "start it with --security-opt systempaths=unconfined and --security-opt seccomp=unconfined,"
                + " as config/compose.yaml does")
        .or(() ->
            when(
                masked,
                "The sandbox cannot have a /proc of its own, because something masks parts of /proc",
                "take ProtectKernelTunables= and ProtectKernelLogs= out of the systemd unit"));
  }

  private static Optional<Trouble> capabilities(String said) {
    return when(
        said.contains("Unexpected capabilities"),
        "bwrap refuses to run with capabilities that are no root's",
        "take AmbientCapabilities= out of the systemd unit, and file capabilities from what starts"
            + " knight");
  }

  private Optional<Trouble> namespaces(String said) {
    boolean refused =
        Stream.of("namespace", "uid map", "RTM_NEWADDR", "setgroups", "No space left")
            .anyMatch(said::contains);
    if (!refused) {
      return Optional.empty();
    }
    return when(
            is("proc/sys/user/max_user_namespaces", "0"),
            "This kernel may make no user namespaces (user.max_user_namespaces is 0)",
            "run \"echo user.max_user_namespaces=15000 | sudo tee /etc/sysctl.d/99-knight.conf && sudo"
                + " sysctl --system\"")
        .or(() ->
            when(
                is("proc/sys/kernel/unprivileged_userns_clone", "0"),
                "Only root may make user namespaces here (kernel.unprivileged_userns_clone is 0)",
                "run \"echo kernel.unprivileged_userns_clone=1 | sudo tee"
                    + " /etc/sysctl.d/99-knight.conf && sudo sysctl --system\""))
        .or(() ->
            when(
                is("proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1"),
                "AppArmor lets bwrap make no user namespace, as Ubuntu sets it since 23.10",
                "allow it to bwrap alone: \"sudo cp config/apparmor-bwrap /etc/apparmor.d/bwrap &&"
                    + " sudo apparmor_parser -r /etc/apparmor.d/bwrap\""))
        .or(() ->
            when(
                isContainer(),
                "This container may make no user namespaces (%s)".formatted(said),
                "start it with --security-opt seccomp=unconfined and --security-opt"
                    + " systempaths=unconfined, as config/compose.yaml does"))
        .or(() ->
            when(
                true,
                "The kernel refuses namespaces to this account (%s)".formatted(said),
                "take RestrictNamespaces= and SystemCallFilter= out of the systemd unit, or ask whoever"
                    + " runs this machine to allow user namespaces"));
  }

  private static Optional<Trouble> filter(String said) {
    return when(
        said.contains("SECCOMP"),
        "The kernel takes no filter for its calls (%s)".formatted(said),
        "use a kernel with CONFIG_SECCOMP_FILTER, as those of all distributions");
  }

  private static Optional<Trouble> when(boolean is, String reason, String mend) {
    return is ? Optional.of(new Trouble(reason, mend)) : Optional.empty();
  }

  private String install() {
    List<String> words = distribution();
    if (words.contains("debian")) {
      return "sudo apt install bubblewrap";
    }
    if (words.contains("fedora") || words.contains("rhel")) {
      return "sudo dnf install bubblewrap";
    }
    if (words.contains("arch")) {
      return "sudo pacman -S bubblewrap";
    }
    if (words.contains("alpine")) {
      return "sudo apk add bubblewrap";
    }
    if (words.contains("suse") || words.contains("opensuse")) {
      return "sudo zypper install bubblewrap";
    }
    if (words.contains("nixos")) {
      return "environment.systemPackages = [ pkgs.bubblewrap ];";
    }
    return "your package manager: the package is called bubblewrap";
  }

  private List<String> distribution() {
    return read("etc/os-release").stream()
        .flatMap(String::lines)
        .map(WORD::matcher)
        .filter(Matcher::matches)
        .flatMap(match -> Pattern.compile(" +").splitAsStream(match.group(2)))
        .toList();
  }

  private boolean isContainer() {
    return Stream.of(".dockerenv", "run/.containerenv")
        .anyMatch(name -> Files.exists(root.resolve(name)));
  }

  private boolean is(String file, String value) {
    return read(file).map(String::strip).filter(value::equals).isPresent();
  }

  /** What the kernel or the distribution does not have, it does not say either. */
  private Optional<String> read(String file) {
    try {
      return Optional.of(Files.readString(root.resolve(file)));
    } catch (IOException absent) {
      return Optional.empty();
    }
  }

  private static String lastLine(String complaint) {
    String last = complaint.strip().lines().reduce("it said nothing", (_, line) -> line);
    String plain = last.replaceAll("\\p{Cntrl}", " ");
    return plain.substring(0, Math.min(LONGEST, plain.length()));
  }
}
