package dev.knight.bench;

import dev.knight.git.GitLimits;
import dev.knight.git.Mirror;
import dev.knight.git.Mirrors;
import dev.knight.home.KnightHome;
import dev.knight.job.RepositoryName;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/** Fetches of knight's that find nothing new, in a JVM that has done it before. */
public final class KnightFetch {
  static final String FIGURE = "nothing new ms";

  private static final int BEFORE = 60;
  private static final int TIMES = 20;

  private KnightFetch() {}

  /** Prints the figure; {@code args} are the home, the repository, and from where it is cloned. */
  public static void main(String... args) throws Exception {
    KnightHome home = new KnightHome(Path.of(args[0]));
    try (Mirrors mirrors =
        new Mirrors(home, _ -> Optional.empty(), GitLimits.standard(), InstantSource.system())) {
      Mirror mirror = mirrors.mirror(RepositoryName.parse(args[1]), URI.create(args[2]));
      Callable<?> fetch = Executors.callable(mirror::fetch);
      for (int i = 0; i < BEFORE; i++) {
        fetch.call();
      }
      System.out.printf("{\"%s\": %s}%n", FIGURE, median(fetch));
    }
  }

  /** How long {@code fetch} takes, after one that may find something. */
  static double median(Callable<?> fetch) throws Exception {
    fetch.call();
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < TIMES; i++) {
      long begin = System.nanoTime();
      fetch.call();
      millis.add(Command.millisSince(begin));
    }
    return new Spread(millis.stream().sorted().toList()).median();
  }
}
