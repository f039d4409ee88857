package dev.knight.cli;

import static dev.knight.api.KnightApi.MOST_JOBS;

import dev.knight.api.JobView;
import dev.knight.job.JobQuery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What {@code knight} says by itself: how it stands here, and which command comes next. */
final class NextStep {
  private final Program program;
  private final Terminal terminal;

  NextStep(Program program, Terminal terminal) {
    this.program = program;
    this.terminal = terminal;
  }

  /** Says it; {@code config} is the file that {@code --config} names. */
  void print(Optional<Path> config) {
    Terminal to = terminal.isPerson() ? terminal.still() : terminal;
    lines(config, to).forEach(to.out()::println);
    to.out().flush();
  }

  private List<String> lines(Optional<Path> config, Terminal to) {
    if (program.isServing()) {
      return serving(config, to);
    }
    return Files.exists(config.orElse(program.home().configuration()))
        ? List.of(
            "knight is set up, and does not run.",
            "",
            "  knight serve            runs it in this terminal",
            "  knight service install  has it run always",
            "  knight doctor           looks whether all is well",
            "  knight --help           lists every command")
        : List.of(
            "Tag knight in an issue, get a pull request. It is not set up here yet.",
            "",
            "  knight demo    shows what it does: no account, no key, a minute",
            "  knight init    sets it up",
            "  knight --help  lists every command");
  }

  private List<String> serving(Optional<Path> config, Terminal to) {
    JobQuery waiting = JobQuery.newest(MOST_JOBS).in(Set.of("needs-you"));
    List<JobView> jobs = new ArrayList<>();
    program.look(
        config,
        api -> {
          jobs.addAll(api.jobs(waiting));
          return ExitCodes.DONE;
        });
    List<String> lines =
        new ArrayList<>(
            List.of(
                "knight runs. Mention it in an issue, or: knight enqueue ISSUE-URL",
                "",
                "  knight jobs    lists what it does; --watch goes on",
                "  knight open    shows it in the browser",
                "  knight --help  lists every command"));
    lines.addAll(Needs.lines(jobs, to));
    return lines;
  }
}
