package dev.knight.cli;

import static java.util.Objects.requireNonNull;

import dev.knight.bridge.JournalEntry;
import dev.knight.bridge.JournalReader;
import dev.knight.job.JobId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code knight logs}. */
@Command(name = "logs", description = "Show what the agent said and did for a job.")
final class LogsCommand implements Callable<Integer> {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
  private static final Set<String> GOES_ON = Set.of("queued", "running", "retrying");

  private final KnightCommand knight;
  private final Program program;
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "JOB", description = "The job's number.")
  private @Nullable JobId job;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on until the job ends, or waits for a person.")
  private boolean follow;

  LogsCommand(KnightCommand knight, Program program, Terminal terminal) {
    this.knight = knight;
    this.program = program;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    JobId id = requireNonNull(job);
    Path recording = program.home().recording(id.toString());
    if (!Files.exists(recording)) {
      int exitCode = explainAbsence(id);
      if (!follow || exitCode != ExitCodes.DONE) {
        return exitCode;
      }
    }
    try {
      tell(id, recording);
      return ExitCodes.DONE;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(recording + " cannot be read", unreadable);
    }
  }

  private int explainAbsence(JobId id) {
    return program.ask(
        knight.config(),
        api -> {
          String state = api.show(id.value()).state();
          boolean over = !GOES_ON.contains(state) && !state.equals("needs-you");
          terminal
              .err()
              .printf(
                  "Job %s is %s; %s%n",
                  id,
                  state,
                  over ? "nothing that its agent said is kept" : "its agent has not said anything");
          return ExitCodes.DONE;
        });
  }

  private void tell(JobId id, Path recording) throws IOException, InterruptedException {
    while (!Files.exists(recording)) {
      if (!goesOn(id)) {
        return;
      }
      Thread.sleep(BETWEEN_LOOKS);
    }
    LogText text = new LogText(program.redactor(knight.config()));
    try (JournalReader journal = JournalReader.open(recording, 0)) {
      boolean goesOn;
      do {
        goesOn = follow && goesOn(id);
        print(journal, text);
        if (goesOn) {
          Thread.sleep(BETWEEN_LOOKS);
        }
      } while (goesOn);
    }
  }

  private void print(JournalReader journal, LogText text) throws IOException {
    for (Optional<JournalEntry> next = journal.next(); next.isPresent(); next = journal.next()) {
      text.of(next.get()).ifPresent(terminal.out()::println);
    }
    terminal.out().flush();
  }

  /** Where nothing serves, nothing changes: what is there is all there is. */
  private boolean goesOn(JobId id) {
    if (!program.isServing()) {
      return false;
    }
    int answer =
        program.ask(knight.config(), api -> GOES_ON.contains(api.show(id.value()).state()) ? 0 : 1);
    return answer == 0;
  }
}
