package dev.knight.cli;

import dev.knight.job.JobQuery;
import dev.knight.job.RepositoryName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which jobs somebody wants to see. */
final class JobFilter {
  @Option(
      names = {"-s", "--state"},
      paramLabel = "STATE",
      split = ",",
      description =
          "Only jobs that are so: queued, running, retrying, needs-you, done, no-change, failed or"
              + " stopped.")
  private @Nullable List<String> states;

  @Option(
      names = {"-R", "--repository"},
      paramLabel = "OWNER/NAME",
      description = "Only jobs of that repository.")
  private @Nullable RepositoryName repository;

  @Option(names = "--requester", paramLabel = "LOGIN", description = "Only what they asked for.")
  private @Nullable String requester;

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      defaultValue = "30",
      description = "At most this many (default: 30).")
  private int limit;

  @Parameters(
      arity = "0..*",
      paramLabel = "WORD",
      description = "Only jobs that have these words somewhere; #7 is a number.")
  private @Nullable List<String> words;

  /** The question. */
  JobQuery query() {
    return new JobQuery(
        states == null ? Set.of() : Set.copyOf(states),
        Optional.ofNullable(repository),
        Optional.ofNullable(requester),
        words == null ? "" : String.join(" ", words),
        Optional.empty(),
        limit);
  }

  /** Whether it leaves nothing out but for age. */
  boolean isEmpty() {
    return states == null && repository == null && requester == null && words == null;
  }
}
