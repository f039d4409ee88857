package dev.knight.bench;

import java.io.Closeable;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Has contestants take their turns. Whoever fails is told of and takes no more; the others go on.
 */
final class Rounds {
  private final int most;
  private final Limit limit;
  private final Book book;
  private final PrintStream err;
  private boolean hasFailed;

  /** Keeps what was measured. */
  @FunctionalInterface
  interface Book {
    /** Keeps one reading. */
    void keep(Reading reading) throws Exception;
  }

  /**
   * @param most how often each is measured
   * @param limit how long one turn may take
   */
  Rounds(int most, Limit limit, Book book, PrintStream err) {
    this.most = most;
    this.limit = limit;
    this.book = book;
    this.err = err;
  }

  /** Whether anything could not be measured that should have been. */
  boolean hasFailed() {
    return hasFailed;
  }

  /** Plays the whole of {@code contest}. */
  void play(Contest contest) throws InterruptedException {
    try (Closeable _ = limit.on(() -> contest.beside().start())) {
      List<Contestant> left = new ArrayList<>(contest.contestants());
      int rounds = Math.min(most, contest.mostRounds());
      for (int round = contest.isLong() ? 1 : 0; round <= rounds; round++) {
        play(contest.name(), left, round);
      }
    } catch (InterruptedException ended) {
      throw ended;
    } catch (Exception failed) {
      tell(contest.name(), failed);
    }
  }

  /** Whoever fails is no longer among {@code left}. */
  private void play(String contest, List<Contestant> left, int round) throws InterruptedException {
    for (Contestant contestant : List.copyOf(left)) {
      String words = "%s, %s".formatted(contest, contestant.name());
      err.printf("%s, %s%n", words, round == 0 ? "warm-up" : "round " + round);
      try {
        Map<String, Double> figures = limit.on(contestant.turn()::take);
        if (round > 0) {
          book.keep(new Reading(contest, contestant.name(), round, figures));
        }
      } catch (InterruptedException ended) {
        throw ended;
      } catch (Exception failed) {
        left.remove(contestant);
        tell(words, failed);
      }
    }
  }

  private void tell(String what, Exception failed) {
    hasFailed = true;
    err.printf("knight: %s is left out:%n", what);
    failed.printStackTrace(err);
  }
}
