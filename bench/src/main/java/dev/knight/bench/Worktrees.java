package dev.knight.bench;

import dev.knight.git.Removal;
import dev.knight.job.JobId;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How long it takes until a worktree of 20,000 files is ready, and until it is gone, beside git's
 * own. In memory where that is possible: for minutes after files were deleted, a disk takes many
 * times as long to make others, and those who come later pay for those who came before.
 */
final class Worktrees {
  private static final Path MEMORY = Path.of("/dev/shm");
  private static final long ROOM = 4L << 30;
  private static final int AT_ONCE = 16;

  private final Place place;
  private final Path root;

  private Worktrees(Place place, Path root) {
    this.place = place;
    this.root = root;
  }

  /** Both make them from the same mirror. */
  static Contest of(Place place) throws IOException {
    boolean fits = Files.isWritable(MEMORY) && MEMORY.toFile().getUsableSpace() > ROOM;
    Path above = fits ? MEMORY : place.work();
    Worktrees trees =
        new Worktrees(place, above.resolve("knight-bench-" + ProcessHandle.current().pid()));
    return new Contest(
            "worktree",
            List.of(
                new Contestant("knight", () -> trees.knight("plain")),
                new Contestant("knight, layered", () -> trees.knight(KnightTrees.LAYERED)),
                new Contestant("git worktree", trees::git)))
        .beside(trees::grow);
  }

  private Path home() {
    return root.resolve("home");
  }

  /** Makes the mirror, and has both make one that must be the same. */
  private Closeable grow() throws Exception {
    try (Forest forest = new Forest(home(), false)) {
      Grown.into(forest.mirror().path());
      Path ours = forest.mirror().worktree(new JobId(1), forest.head()).path();
      Path theirs = root.resolve("git-0");
      Git.run(mirror(), "worktree", "add", "-q", "--detach", theirs.toString(), "origin/main");
      compare(ours, theirs);
      forest.mirror().remove(new JobId(1));
      Git.run(mirror(), "worktree", "remove", "--force", theirs.toString());
    }
    return this::fell;
  }

  private void fell() throws IOException {
    Removal.of(root);
  }

  private Path mirror() {
    return home().resolve("mirrors/ada/forest.git");
  }

  private static void compare(Path ours, Path theirs) throws IOException, InterruptedException {
    List<Path> names = names(theirs);
    boolean isSame = names.equals(names(ours));
    for (Path name : names) {
      isSame = isSame && isSame(ours.resolve(name), theirs.resolve(name));
    }
    if (!isSame || !Git.run(ours, "status", "--porcelain").isEmpty()) {
      throw new IllegalStateException("%s is not what git makes of it".formatted(ours));
    }
  }

  private static List<Path> names(Path top) throws IOException {
    try (Stream<Path> all = Files.walk(top)) {
      return all.map(top::relativize).filter(name -> !name.startsWith(".git")).sorted().toList();
    }
  }

  private static boolean isSame(Path one, Path other) throws IOException {
    if (Files.isSymbolicLink(other)) {
      return Files.isSymbolicLink(one)
          && Files.readSymbolicLink(one).equals(Files.readSymbolicLink(other));
    }
    return Files.isDirectory(other)
        ? Files.isDirectory(one, LinkOption.NOFOLLOW_LINKS)
        : Files.isExecutable(one) == Files.isExecutable(other) && Files.mismatch(one, other) < 0;
  }

  private Map<String, Double> knight(String form) throws Exception {
    Command trees =
        place.java(
            "trees",
            List.of("-Xmx1g"),
            place.classPath(),
            KnightTrees.class.getName(),
            home().toString(),
            Integer.toString(AT_ONCE),
            form);
    Files.deleteIfExists(trees.log());
    try {
      trees.measure(0);
      return Latencies.read(Files.readAllLines(trees.log()));
    } finally {
      clear();
    }
  }

  private Map<String, Double> git() throws Exception {
    Map<String, Double> figures = new LinkedHashMap<>();
    try {
      List<Double> ready = new ArrayList<>();
      List<Double> removed = new ArrayList<>();
      for (int i = 0; i < KnightTrees.TIMES; i++) {
        ready.add(made(1));
        removed.add(removed());
      }
      figures.put("ready ms", new Spread(ready.stream().sorted().toList()).median());
      figures.put("removed ms", new Spread(removed.stream().sorted().toList()).median());
      figures.put("sixteen ready ms", made(AT_ONCE));
      return figures;
    } finally {
      clear();
    }
  }

  private double removed() throws IOException, InterruptedException {
    long begin = System.nanoTime();
    Git.run(mirror(), "worktree", "remove", "--force", root.resolve("git-1").toString());
    return Command.millisSince(begin);
  }

  /** How long it takes until {@code count} are ready that begin at once. */
  private double made(int count) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    List<Process> all = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      String directory = root.resolve("git-" + i).toString();
      all.add(Git.start(mirror(), "worktree", "add", "-q", "--detach", directory, "origin/main"));
    }
    for (Process each : all) {
      Git.said(each);
    }
    return Command.millisSince(begin);
  }

  /** Whatever a turn left. */
  private void clear() throws IOException, InterruptedException {
    for (int i = 1; i <= AT_ONCE; i++) {
      Removal.of(root.resolve("git-" + i));
    }
    Git.run(mirror(), "worktree", "prune");
    try (Forest forest = new Forest(home(), false)) {
      for (int i = 1; i <= AT_ONCE; i++) {
        forest.mirror().remove(new JobId(i));
      }
    }
  }
}
