package dev.knight.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.home.KnightHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The probes of {@code knight doctor}, in the jail and, as a control, outside of any: what nobody
 * could do anyway would prove nothing. They need {@code bwrap} and {@code perl}, and fail without.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EscapeTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final int NOBODY = 65534;

  /** What not every kernel or network has: then there is no control, and nothing to reach. */
  private static final Set<String> NOT_EVERYWHERE =
      Set.of(
          "magic key",
          "memory of the kernel",
          "name server",
          "metadata of the cloud",
          "socket to the host",
          "socket to the ciphers",
          "core dump");

  /** What only root can do anyway. */
  private static final Set<String> FOR_ROOT =
      Set.of(
          "password hashes",
          "writing the system",
          "kernel settings",
          "own device",
          "raw socket",
          "packet socket",
          "capabilities",
          "other namespace",
          "mount",
          "mount made writable",
          "mount by the new calls",
          "copy of a mount",
          "root directory",
          "file by its number",
          "program in the kernel",
          "ring of calls",
          "faults of pages",
          "counters of the kernel",
          "log of the kernel");

  private Path directory;

  /** Who runs the jail: whoever runs the tests and, where that is root, an ordinary user too. */
  enum User {
    OWN,
    NOBODY
  }

  static List<User> users() throws IOException {
    return isRoot() ? List.of(User.OWN, User.NOBODY) : List.of(User.OWN);
  }

  /** Not JUnit's: others than the tests' own user must be able to go through. */
  @BeforeEach
  void directory() throws IOException {
    directory = Files.createTempDirectory("knight-escape");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @AfterEach
  void clear() throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("users")
  void nothing_gets_out_and_without_a_jail_all_of_it_would(User user) throws IOException {
    Bubblewrap jail = Jails.find(System.getenv("PATH"), List.of(), new KnightHome(directory));
    Path place = Files.createDirectory(directory.resolve("place"));
    try (Bait bait = new Bait(place, jail.machine(), prefix(user))) {
      Path files = Files.createDirectory(place.resolve("cell"));
      Cell cell = Examination.cell(files, bait);
      List<String> confined = new ArrayList<>(prefix(user));
      confined.addAll(jail.command(cell));
      List<String> free = new ArrayList<>(prefix(user));
      free.addAll(cell.program());
      for (Path each : bait.places()) {
        giveTo(user, each);
      }

      Map<String, Boolean> inside = through(confined, bait, files);
      Map<String, Boolean> outside = through(free, bait, files);

      assertThat(inside.keySet()).containsExactlyInAnyOrderElementsOf(Probes.names());
      assertThat(only(inside, true)).isEmpty();
      assertThat(only(outside, false)).isSubsetOf(impossibleFor(user));
    }
  }

  @Test
  void the_doctor_says_the_same() throws IOException {
    KnightHome home = new KnightHome(directory);

    List<Finding> findings =
        new Examination(home).findings(() -> Jails.find(System.getenv("PATH"), List.of(), home));

    assertThat(findings)
        .filteredOn(finding -> !finding.name().equals(Examination.WORKTREES))
        .allSatisfy(finding -> assertThat(finding.isGood()).isTrue());
    assertThat(findings).hasSize(3 + Probes.names().size());
    try (Stream<Path> left = Files.list(home.cache())) {
      assertThat(left).isEmpty();
    }
  }

  private static Map<String, Boolean> through(List<String> command, Bait bait, Path files)
      throws IOException {
    Map<String, String> environment =
        Map.of("KNIGHT_BAIT", bait.canary(), "PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    Trial.Result result = Trial.run(command, environment, files, PATIENCE);
    assertThat(result.err()).isEmpty();
    return Probes.answers(result.out()).stream()
        .collect(Collectors.toMap(Probes.Answer::name, Probes.Answer::isThrough));
  }

  private static Set<String> only(Map<String, Boolean> all, boolean through) {
    return all.entrySet().stream()
        .filter(each -> each.getValue() == through)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static Set<String> impossibleFor(User user) throws IOException {
    Set<String> impossible = new HashSet<>(NOT_EVERYWHERE);
    if (user == User.NOBODY || !isRoot()) {
      impossible.addAll(FOR_ROOT);
    }
    return impossible;
  }

  private static List<String> prefix(User user) {
    return switch (user) {
      case OWN -> List.of();
      case NOBODY ->
          List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--");
    };
  }

  private static void giveTo(User user, Path path) throws IOException {
    if (user == User.NOBODY) {
      UserPrincipal nobody =
          path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("" + NOBODY);
      try (Stream<Path> all = Files.walk(path)) {
        for (Path each : all.toList()) {
          Files.setOwner(each, nobody);
        }
      }
    }
  }

  private static boolean isRoot() throws IOException {
    return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid", LinkOption.NOFOLLOW_LINKS)
        == 0;
  }
}
