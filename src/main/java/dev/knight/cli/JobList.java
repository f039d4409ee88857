package dev.knight.cli;

import dev.knight.api.JobView;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * The jobs as a person sees them: the table, who needs them, and what to do where there is none.
 */
final class JobList {
  private final Program program;
  private final JobFilter filter;

  JobList(Program program, JobFilter filter) {
    this.program = program;
    this.filter = filter;
  }

  /** The lines that {@code terminal} shows of {@code jobs}. */
  List<String> lines(List<JobView> jobs, Terminal terminal) {
    if (!terminal.isPerson()) {
      return JobTable.of(jobs, program.now()).lines(terminal);
    }
    if (jobs.isEmpty()) {
      return Prose.wrapped(nothing(), terminal.width(), "");
    }
    List<String> lines = new ArrayList<>(JobTable.of(jobs, program.now()).lines(terminal));
    lines.addAll(Needs.lines(jobs, terminal));
    return lines;
  }

  private String nothing() {
    if (!filter.isEmpty()) {
      return "No job is like that; knight jobs lists all.";
    }
    if (!Files.exists(program.home().configuration()) && !program.isServing()) {
      return "No jobs yet, and nothing is set up: knight init does that.";
    }
    return program.isServing()
        ? "No jobs yet. Mention knight in an issue, or: knight enqueue ISSUE-URL"
        : "No jobs yet, and no service runs: start it by knight serve, then mention knight in an"
            + " issue.";
  }
}
