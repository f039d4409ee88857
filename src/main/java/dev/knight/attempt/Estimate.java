package dev.knight.attempt;

import dev.knight.job.Job;
import dev.knight.job.JobState.Done;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** What a task may cost, by what others have cost in the same repository. */
final class Estimate {
  /** The newest jobs that are looked at, whatever repository they are of. */
  static final int LOOK_BACK = 300;

  /** Fewer say nothing. */
  private static final int FEWEST = 4;

  private Estimate() {}

  /**
   * The sentence below a plan of {@code job}.
   *
   * @param jobs the newest of all
   */
  static String sentence(List<Job> jobs, Job job, Workplace place) {
    String limit =
        "I stop at %s, unless somebody gives me more.".formatted(usd(place.limits().usd()));
    List<BigDecimal> costs =
        jobs.stream()
            .filter(other -> other.subject().repository().equals(job.subject().repository()))
            .filter(other -> other.state() instanceof Done && !other.id().equals(job.id()))
            .map(other -> other.spent().usd())
            .filter(cost -> cost.signum() > 0)
            .sorted()
            .toList();
    String others =
        costs.size() < FEWEST
            ? "There are too few finished jobs in this repository to say what the rest costs."
            : "The middle half of the last %d jobs with a pull request here cost %s to %s each."
                .formatted(
                    costs.size(),
                    usd(costs.get(costs.size() / 4)),
                    usd(costs.get(costs.size() - 1 - costs.size() / 4)));
    return "**Price.** %s%s %s".formatted(own(job), others, limit);
  }

  private static String own(Job job) {
    BigDecimal cost = job.used().usd();
    return cost.signum() > 0 ? "To plan cost %s. ".formatted(usd(cost)) : "";
  }

  private static String usd(BigDecimal sum) {
    BigDecimal cents = sum.setScale(2, RoundingMode.HALF_UP);
    return cents.signum() == 0 && sum.signum() > 0 ? "under $0.01" : "$" + cents.toPlainString();
  }
}
