package dev.knight.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.home.KnightHome;
import dev.knight.job.RefusedException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trees of files made by chance, of every kind that an agent can make: what comes of each is a tree
 * of what lies in it, or a refusal. {@code -Dharvest.seed=N} plays one, {@code -Dharvest.trees=N}
 * as many.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HarvestFuzzTest {
  private static final String CANARY = "canary-canary-canary";
  private static final long TREES = Long.getLong("harvest.trees", 1_000);
  private static final List<String> NAMES =
      List.of(
          "a",
          "b",
          "dir",
          ".gitignore",
          ".gitattributes",
          ".gitmodules",
          ".git",
          ".GIT",
          "git~1",
          ".git.",
          ".git::$DATA",
          ".g\u200cit",
          "a\nb",
          "a\tb",
          "\u202etxt",
          " ",
          "-rf",
          "a\\b",
          "con",
          "\u00e9",
          "\u00e9\u0301",
          "x:y",
          "README",
          "readme",
          ".github",
          "workflows",
          "\u0007",
          "~",
          "$(x)");

  @TempDir Path disk;
  private Path root;
  private Path outside;

  @BeforeEach
  void start() throws IOException {
    Path memory = Path.of("/dev/shm");
    root = Files.isWritable(memory) ? Files.createTempDirectory(memory, "knight-harvest") : disk;
    outside = Files.createDirectories(root.resolve("outside"));
  }

  @AfterEach
  void stop() throws IOException {
    Removal.of(root);
  }

  private enum Kind {
    FILE,
    DIRECTORY,
    LINK_OUT,
    LINK_IN,
    HARD_LINK,
    SPARSE,
    PIPE,
    SOCKET,
    DEEP,
    SHUT,
    RULES
  }

  @Test
  void whatever_lies_there_becomes_a_tree_of_it_or_a_refusal() throws Exception {
    Files.writeString(outside.resolve("secret"), CANARY);
    specials();
    long first = Long.getLong("harvest.seed", 0);
    long trees = System.getProperty("harvest.seed") == null ? TREES : 1;
    int kept = 0;
    int lead = 0;
    try (BareRepository mirror =
            BareRepository.at(new KnightHome(root), root.resolve("mirror.git"));
        ObjectInserter inserter = mirror.git().newObjectInserter()) {
      Repository git = mirror.git();
      ObjectId empty = inserter.insert(new TreeFormatter());
      inserter.flush();
      for (long seed = first; seed < first + trees; seed++) {
        Path top = Files.createDirectories(root.resolve("tree"));
        fill(top, new SplittableRandom(seed), 3);
        lead += leadsOut(top) ? 1 : 0;
        kept += isHarvested(git, empty, top, seed) ? 1 : 0;
        Removal.of(top);
      }
    }
    assertThat(kept).isPositive();
    assertThat(lead).as("trees that lead who follows links to the canary").isPositive();
    System.out.printf("harvest: %d trees kept, %d refused%n", kept, trees - kept);
  }

  /** The control: a reader that follows links. */
  private static boolean leadsOut(Path top) throws IOException {
    try (Stream<Path> all = Files.walk(top)) {
      for (Path path : all.filter(Files::isSymbolicLink).toList()) {
        if (Files.isRegularFile(path) && Files.size(path) == CANARY.length()) {
          return Files.readString(path).equals(CANARY);
        }
      }
      return false;
    } catch (UncheckedIOException shut) {
      return false;
    }
  }

  private static boolean isHarvested(Repository git, ObjectId empty, Path top, long seed)
      throws IOException {
    try {
      ObjectId tree = FileTree.write(git, empty, top, GitFixture.LIMITS);
      try (TreeWalk walk = new TreeWalk(git)) {
        walk.addTree(tree);
        walk.setRecursive(true);
        while (walk.next()) {
          byte[] content = git.open(walk.getObjectId(0)).getCachedBytes();
          assertThat(new String(content, StandardCharsets.UTF_8))
              .as("seed %d: %s", seed, walk.getPathString())
              .doesNotContain(CANARY);
        }
      }
      return true;
    } catch (RefusedException refused) {
      return false;
    } catch (RuntimeException | IOException bug) {
      throw new AssertionError("Again: -Dtest=HarvestFuzzTest -Dharvest.seed=" + seed, bug);
    }
  }

  private void fill(Path directory, SplittableRandom dice, int depth) throws Exception {
    int many = 1 + dice.nextInt(4);
    for (int i = 0; i < many; i++) {
      Path path = directory.resolve(name(dice));
      if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        make(path, dice, depth);
      }
    }
  }

  private static String name(SplittableRandom dice) {
    int luck = dice.nextInt(10);
    if (luck < 4) {
      return "f" + dice.nextInt(6);
    }
    if (luck < 5) {
      return "x".repeat(1 + dice.nextInt(200));
    }
    return NAMES.get(dice.nextInt(NAMES.size()));
  }

  private void make(Path path, SplittableRandom dice, int depth) throws Exception {
    Kind kind =
        dice.nextInt(3) == 0 ? Kind.values()[dice.nextInt(Kind.values().length)] : plain(dice);
    try {
      switch (kind) {
        case FILE -> Files.writeString(path, "mine " + dice.nextInt(9));
        case RULES -> Files.writeString(path, "f1\n!f2\n*.x\n**/b\n[\n");
        case DIRECTORY -> {
          Files.createDirectory(path);
          if (depth > 0) {
            fill(path, dice, depth - 1);
          }
        }
        case LINK_OUT ->
            Files.createSymbolicLink(
                path, dice.nextBoolean() ? outside : outside.resolve("secret"));
        case LINK_IN -> Files.createSymbolicLink(path, Path.of(NAMES.get(dice.nextInt(5))));
        case HARD_LINK -> Files.createLink(path, outside.resolve("secret"));
        case SPARSE -> sparse(path);
        case PIPE -> Files.createLink(path, outside.resolve("pipe"));
        case SOCKET -> Files.createLink(path, outside.resolve("socket"));
        case DEEP -> {
          Path deep = dice.nextInt(8) == 0 ? path.resolve("d/".repeat(101)) : path;
          Files.writeString(Files.createDirectories(deep).resolve("f"), "deep");
        }
        case SHUT ->
            Files.setPosixFilePermissions(
                Files.createDirectory(path), PosixFilePermissions.fromString("---------"));
      }
    } catch (FileSystemException tooLong) {
      assertThat(tooLong).hasMessageContaining(path.toString());
    }
  }

  private static Kind plain(SplittableRandom dice) {
    return dice.nextInt(3) == 0 ? Kind.DIRECTORY : Kind.FILE;
  }

  private static void sparse(Path path) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(1L << 40);
    }
  }

  /** The only ones: what lies in a tree is a second name of them, which is made faster. */
  private void specials() throws Exception {
    String pipe = outside.resolve("pipe").toString();
    assertThat(new ProcessBuilder("mkfifo", pipe).start().waitFor()).isZero();
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(outside.resolve("socket")));
    }
  }
}
