package dev.knight.bench;

import dev.knight.git.Commit;
import dev.knight.git.Mirror;
import dev.knight.job.JobId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/** Worktrees by knight's own hand, in a JVM that is new at first and has done it before at last. */
public final class KnightTrees {
  /** So often one is made and removed for each figure. */
  static final int TIMES = 5;

  /** Over a template, and shown whole as long as a job works. */
  static final String LAYERED = "layered";

  private static final int BEFORE = 4;

  private final Mirror mirror;
  private final Commit head;

  private KnightTrees(Mirror mirror, Commit head) {
    this.mirror = mirror;
    this.head = head;
  }

  /** Prints the figures; {@code args} are the home, how many are made at once, and in what form. */
  public static void main(String... args) throws Exception {
    Map<String, Double> figures = new LinkedHashMap<>();
    try (Forest forest = new Forest(Path.of(args[0]), args[2].equals(LAYERED))) {
      KnightTrees trees = new KnightTrees(forest.mirror(), forest.head());
      figures.put("first in a new JVM ms", trees.made(1));
      for (int i = 0; i < BEFORE; i++) {
        trees.removed();
        trees.made(1);
      }
      trees.removed();
      List<Double> ready = new ArrayList<>();
      List<Double> removed = new ArrayList<>();
      for (int i = 0; i < TIMES; i++) {
        ready.add(trees.made(1));
        removed.add(trees.removed());
      }
      figures.put("ready ms", new Spread(ready.stream().sorted().toList()).median());
      figures.put("removed ms", new Spread(removed.stream().sorted().toList()).median());
      figures.put("sixteen ready ms", trees.made(Integer.parseInt(args[1])));
    }
    System.out.println(
        figures.entrySet().stream()
            .map(figure -> "\"%s\": %s".formatted(figure.getKey(), figure.getValue()))
            .collect(Collectors.joining(", ", "{", "}")));
  }

  /** How long it takes until all files of {@code count} are seen that begin at once. */
  private double made(int count) throws Exception {
    long begin = System.nanoTime();
    try (ExecutorService jobs = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 1; i <= count; i++) {
        JobId job = new JobId(i);
        all.add(jobs.submit(() -> mirror.worktree(job, head).sight()));
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
    return Command.millisSince(begin);
  }

  private double removed() {
    long begin = System.nanoTime();
    mirror.remove(new JobId(1));
    return Command.millisSince(begin);
  }
}
