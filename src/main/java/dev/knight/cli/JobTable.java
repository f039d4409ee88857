package dev.knight.cli;

import dev.knight.api.JobView;
import dev.knight.cli.Table.Cell;
import dev.knight.cli.Table.Column;
import dev.knight.cli.Table.Cut;
import java.math.RoundingMode;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/** The listing of jobs. */
final class JobTable {
  private JobTable() {}

  /** {@code jobs}, seen at {@code now}. */
  static Table of(List<JobView> jobs, Instant now) {
    Table table =
        new Table(
            Column.of("JOB").right(),
            Column.of("STATE"),
            Column.of("ISSUE").cut(Cut.START),
            Column.of("TITLE").cut(Cut.END).goes(3),
            Column.of("BY").cut(Cut.END).goes(4),
            Column.of("TRY").right().goes(5),
            Column.of("COST").right().goes(2),
            Column.of("UPDATED").goes(1),
            Column.of("PR"));
    jobs.forEach(job -> table.row(cells(job, now)));
    return table;
  }

  private static Cell[] cells(JobView job, Instant now) {
    String page = job.pullRequest().map(URI::toString).orElse("");
    return new Cell[] {
      Cell.of(Long.toString(job.id())),
      Cell.of(state(job)).in(Tone.of(job.state())),
      Cell.of(job.repository() + "#" + job.number()),
      Cell.of(job.title()),
      Cell.of(job.requester()),
      Cell.of(Integer.toString(job.attempt())),
      Cell.of(
          Amounts.usd(job.costUsd()),
          job.costUsd().setScale(2, RoundingMode.HALF_UP).toPlainString()),
      Cell.of(Amounts.ago(job.updatedAt(), now), job.updatedAt().toString()).in(Tone.QUIET),
      Cell.of(number(page), page),
    };
  }

  /** The word for its state, and the step while it runs. */
  static String state(JobView job) {
    return job.step().map(step -> job.state() + " " + step).orElse(job.state());
  }

  private static String number(String page) {
    return page.isEmpty() ? "" : "#" + page.substring(page.lastIndexOf('/') + 1);
  }
}
