package dev.knight.cli;

import dev.knight.api.JobView;
import picocli.CommandLine.Option;

/** How a command that changes a job tells of it. */
final class JobAnswer {
  @Option(names = "--json", description = "Print the job as JSON.")
  private boolean asJson;

  /** Tells of {@code job}: by {@code sentence}, unless a program wants it whole. */
  void print(JobView job, String sentence, Terminal terminal) {
    terminal.out().println(asJson ? new Json().pretty(job) : sentence);
    terminal.out().flush();
  }
}
