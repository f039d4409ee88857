package dev.knight.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Directories that are to get the same files at the same time get them in one round, in which each
 * file is read once: who comes while a round goes on is in the next one, with all who have come by
 * then. For any thread.
 *
 * @param <K> what stands for the files
 */
final class Rounds<K> {
  private final Map<K, List<Destination>> waiting = new HashMap<>();

  /** What writes the files to all destinations of a round. */
  @FunctionalInterface
  interface Round {
    void write(List<Destination> all) throws IOException;
  }

  /**
   * Has {@code destination} get its {@code files} in the next round, and returns at once.
   *
   * @param round the same, whoever comes for these files
   */
  void join(K files, Destination destination, Round round) {
    if (isFirst(files, destination)) {
      // Nobody's own thread: an interrupt of one would be the end of all. Nor is it logged as his.
      Thread.ofVirtual()
          .name("worktrees")
          .inheritInheritableThreadLocals(false)
          .start(() -> run(files, round));
    }
  }

  private synchronized boolean isFirst(K files, Destination destination) {
    boolean isFirst = !waiting.containsKey(files);
    waiting.computeIfAbsent(files, _ -> new ArrayList<>()).add(destination);
    return isFirst;
  }

  private void run(K files, Round round) {
    for (List<Destination> all = next(files); !all.isEmpty(); all = next(files)) {
      try {
        round.write(all);
        all.forEach(Destination::finish);
      } catch (IOException | RuntimeException | Error e) {
        all.forEach(each -> each.fail(e));
      }
    }
  }

  /** Who has come since the last round; if nobody has, the next who comes begins anew. */
  private synchronized List<Destination> next(K files) {
    List<Destination> come = List.copyOf(waiting.getOrDefault(files, List.of()));
    if (come.isEmpty()) {
      waiting.remove(files);
    } else {
      waiting.put(files, new ArrayList<>());
    }
    return come;
  }
}
