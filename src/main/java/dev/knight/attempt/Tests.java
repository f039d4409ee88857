package dev.knight.attempt;

import dev.knight.git.Change;
import dev.knight.git.Snapshot;
import dev.knight.policy.Glob;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which of the files that a change touches are tests: by their names, as people tell them apart.
 */
final class Tests {
  private static final Pattern USUAL =
      Pattern.compile(
          "(?:.*/)?(?:tests?|__tests__|specs?|testing|testdata)/.*"
              + "|(?:.*/)?(?:test_[^/]*|[^/]*[._-](?:test|tests|spec|specs)\\.[^/.]+)"
              + "|(?:.*/)?[^/]*(?:test|tests|testcase|spec|it)\\.(?:java|kt|kts|scala|groovy|cs|swift|php|dart)");

  private Tests() {}

  /**
   * The paths of the new and changed tests in {@code snapshot}.
   *
   * @param named the repository's own globs; where there are some they alone count
   * @throws dev.knight.job.RefusedException if one of these is no glob
   */
  static List<String> in(Snapshot snapshot, List<String> named) {
    List<Glob> globs = named.stream().map(glob -> Glob.of("tests", glob)).toList();
    return snapshot.changes().stream()
        .filter(change -> change.kind() != Change.Kind.DELETED)
        .map(Change::path)
        .filter(path ->
            globs.isEmpty() ? isUsual(path) : globs.stream().anyMatch(it -> it.matchesPath(path)))
        .toList();
  }

  static boolean isUsual(String path) {
    return USUAL.matcher(path.toLowerCase(Locale.ROOT)).matches();
  }
}
