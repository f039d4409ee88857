package dev.knight.attempt;

import dev.knight.job.Mention;
import dev.knight.job.RefusedException;
import dev.knight.job.RepositoryConfigCopy;
import java.util.List;
import java.util.Optional;

/**
 * What a repository says of the checks that GitHub runs on its pull requests.
 *
 * @param watched whether knight minds them
 * @param rounds how often they may wake a job again, if the repository narrows that
 * @param verify the commands that knight itself runs before it publishes
 */
public record CheckRules(boolean watched, Optional<Integer> rounds, List<String> verify) {
  private static final String RED = "checks:";

  /** What holds where nothing is said. */
  static final CheckRules USUAL = new CheckRules(true, Optional.empty(), List.of());

  public CheckRules {
    verify = List.copyOf(verify);
  }

  /**
   * The rules of the last {@code .knight.yml} that could be read; the usual ones where another
   * version could read it and this one cannot.
   */
  public static CheckRules of(Optional<RepositoryConfigCopy> last) {
    return last.map(CheckRules::read).orElse(USUAL);
  }

  private static CheckRules read(RepositoryConfigCopy copy) {
    try {
      return RepositoryConfig.checks(copy.text());
    } catch (RefusedException unknown) {
      return USUAL;
    }
  }

  /**
   * The node id of the mention by which knight tells itself that the checks of {@code commit} are
   * red.
   */
  public static String nodeId(long pullRequest, String commit) {
    return RED + pullRequest + ":" + commit;
  }

  /** Whether {@code mention} is such a one. */
  public static boolean isRed(Mention mention) {
    return mention.source() == Mention.Source.WATCH && mention.nodeId().startsWith(RED);
  }

  /** How often red checks may wake a job, where the service allows {@code most}. */
  public int roundsWithin(int most) {
    return Math.min(rounds.orElse(most), most);
  }
}
