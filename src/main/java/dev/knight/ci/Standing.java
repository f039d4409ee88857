package dev.knight.ci;

import dev.knight.github.Conclusion;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How the checks of one commit stand.
 *
 * @param checks all of them; of each the last run
 */
record Standing(List<HeadCheck> checks) {
  Standing {
    checks = List.copyOf(checks);
  }

  /** Whether something still runs, so that nothing is final. */
  boolean isPending() {
    return checks.stream().anyMatch(HeadCheck::isPending);
  }

  List<HeadCheck> red() {
    return checks.stream().filter(HeadCheck::isRed).toList();
  }

  long passed() {
    return checks.stream().filter(check -> check.conclusion() == Conclusion.SUCCESS).count();
  }

  /**
   * Whether all that has to pass did: each of {@code required} ran and ended well, or, where
   * nothing is required, all that ran did. No check at all is no success.
   */
  boolean isGreen(Set<String> required) {
    Set<String> fine =
        checks.stream()
            .filter(check -> check.conclusion().isFine())
            .map(HeadCheck::name)
            .collect(Collectors.toSet());
    return required.isEmpty()
        ? passed() > 0 && !isPending() && red().isEmpty()
        : fine.containsAll(required)
            && red().stream().noneMatch(it -> required.contains(it.name()));
  }
}
