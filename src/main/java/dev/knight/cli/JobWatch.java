package dev.knight.cli;

import dev.knight.api.JobView;
import dev.knight.hygiene.PlainText;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.UnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code knight jobs --watch}: a screen that is always true for a person, a line for each change
 * for a program. The service tells when to look; without one, a look every two seconds does.
 */
final class JobWatch {
  /** Times grow old by themselves, and a store is looked at without being told. */
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

  /** What happens at once is shown at once. */
  private static final Duration TOGETHER = Duration.ofMillis(100);

  private static final int CTRL_D = 4;

  private final Program program;
  private final Optional<Path> config;
  private final Terminal terminal;
  private final JobFilter filter;
  private final boolean asJson;
  private final JobList list;
  private Optional<String> trouble = Optional.empty();
  private volatile boolean left;

  JobWatch(
      Program program, Optional<Path> config, Terminal terminal, JobFilter filter, boolean asJson) {
    this.program = program;
    this.config = config;
    this.terminal = terminal;
    this.filter = filter;
    this.asJson = asJson;
    this.list = new JobList(program, filter);
  }

  /** Shows the jobs until whoever looks on has seen enough. */
  void run() throws InterruptedException {
    try (Bell bell = Bell.of(program)) {
      if (terminal.isPerson() && terminal.screen().canMove() && !asJson) {
        show(bell);
      } else {
        tell(bell);
      }
    }
  }

  private void show(Bell bell) throws InterruptedException {
    List<JobView> jobs = look();
    try (FullScreen screen = FullScreen.open(terminal)) {
      Thread.ofPlatform().daemon().name("keys").start(() -> readKeys(bell));
      while (!left) {
        Terminal now = terminal.still();
        screen.draw(picture(jobs, now), now.screen().rows());
        bell.await(BETWEEN_LOOKS);
        Thread.sleep(TOGETHER);
        jobs = lookAgain(jobs);
      }
    }
    list.lines(jobs, terminal.still()).forEach(terminal.out()::println);
    terminal.out().flush();
  }

  /** What was the last picture stays on the screen when this is over. */
  private List<String> picture(List<JobView> jobs, Terminal now) {
    List<String> lines = new ArrayList<>();
    lines.add(
        now.painted(Tone.STRONG, TextWidth.cutEnd("knight jobs: " + summary(jobs), now.width())));
    lines.add(
        now.painted(
            trouble.isPresent() ? Tone.BAD : Tone.QUIET,
            TextWidth.cutEnd(trouble.orElseGet(this::footer), now.width())));
    lines.add("");
    lines.addAll(list.lines(jobs, now));
    return lines;
  }

  private String footer() {
    return Amounts.clock(program.now())
        + (program.isServing() ? "" : ", no service runs (knight serve starts one)")
        + ", q ends";
  }

  private static String summary(List<JobView> jobs) {
    String counts =
        Stream.of(
                count(jobs, "running", "running"),
                count(jobs, "needs-you", "waiting for you"),
                count(jobs, "retrying", "retrying"),
                count(jobs, "queued", "queued"))
            .flatMap(Optional::stream)
            .collect(Collectors.joining(", "));
    return counts.isEmpty() ? "nothing is under way" : counts;
  }

  private static Optional<String> count(List<JobView> jobs, String state, String words) {
    long count = jobs.stream().filter(job -> job.state().equals(state)).count();
    return count == 0 ? Optional.empty() : Optional.of(count + " " + words);
  }

  /** One line for each job that is new or different, the oldest first; until nobody reads them. */
  private void tell(Bell bell) throws InterruptedException {
    Map<Long, Object> told = new HashMap<>();
    List<JobView> jobs = look();
    if (terminal.isPerson() && jobs.isEmpty()) {
      list.lines(jobs, terminal).forEach(terminal.out()::println);
    }
    while (!terminal.out().checkError()) {
      for (JobView job : jobs.reversed()) {
        Object now = asJson ? job : seen(job);
        if (!Objects.equals(told.put(job.id(), now), now)) {
          terminal.out().println(line(job));
        }
      }
      terminal.out().flush();
      bell.await(BETWEEN_LOOKS);
      Thread.sleep(TOGETHER);
      Optional<String> before = trouble;
      jobs = lookAgain(jobs);
      if (!trouble.equals(before)) {
        trouble.ifPresent(sentence -> terminal.err().println("knight: " + sentence));
      }
    }
  }

  private String line(JobView job) {
    return asJson
        ? new Json().line(job)
        : JobTable.of(List.of(job), program.now()).lines(terminal).getLast();
  }

  /** What makes a line worth another one: a cent more does not. */
  private static List<Object> seen(JobView job) {
    return List.of(job.state(), job.step(), job.attempt(), job.pullRequest(), job.reason());
  }

  /** As it is now; as it was {@code before} while a service is away, which is found again. */
  private List<JobView> lookAgain(List<JobView> before) {
    try {
      List<JobView> jobs = look();
      trouble = Optional.empty();
      return jobs;
    } catch (UnavailableException | MisconfiguredException away) {
      trouble = Optional.of(PlainText.line(String.valueOf(away.getMessage())));
      return before;
    }
  }

  private List<JobView> look() {
    List<JobView> jobs = new ArrayList<>();
    program.look(
        config,
        api -> {
          jobs.addAll(api.jobs(filter.query()));
          return ExitCodes.DONE;
        });
    return List.copyOf(jobs);
  }

  private void readKeys(Bell bell) {
    try {
      for (int key = terminal.in().read(); key >= 0; key = terminal.in().read()) {
        if (key == 'q' || key == 'Q' || key == CTRL_D) {
          break;
        }
      }
      left = true;
      bell.ring();
    } catch (IOException closed) {
      left = true;
      bell.ring();
    }
  }
}
