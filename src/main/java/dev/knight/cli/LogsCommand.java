package dev.knight.cli;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knight.cli.Journals.Spoken;
import dev.knight.hygiene.Redactor;
import dev.knight.job.JobId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Option(names = "--full", description = "Show what tools printed, too.")
  private boolean isFull;

  @Option(
      names = {"--raw", "--json"},
      description = "Print the records, a JSON object on each line.")
  private boolean isRaw;

  @Mixin private Paging paging = new Paging();

  LogsCommand(KnightCommand knight, Program program, Terminal terminal) {
    this.knight = knight;
    this.program = program;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    JobId id = requireNonNull(job);
    try {
      if (!Journals.exist(program.home(), id)) {
        int exitCode = explainAbsence(id);
        if (!follow || exitCode != ExitCodes.DONE) {
          return exitCode;
        }
      }
      tell(id);
      return ExitCodes.DONE;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(
          "What the agent of job %s said cannot be read".formatted(id), unreadable);
    }
  }

  private int explainAbsence(JobId id) {
    return program.look(
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

  private void tell(JobId id) throws IOException, InterruptedException {
    try (Journals journals = new Journals(program.home(), id)) {
      if (!follow) {
        paging.show(terminal, to -> print(journals, id, to));
        return;
      }
      boolean goesOn;
      do {
        goesOn = goesOn(id);
        print(journals, id, terminal);
        if (goesOn) {
          Thread.sleep(BETWEEN_LOOKS);
        }
      } while (goesOn && !terminal.out().checkError());
    }
  }

  private void print(Journals journals, JobId id, Terminal to) {
    Redactor redactor = program.redactor(knight.config());
    Json json = new Json();
    LogText text = new LogText(redactor, to, id.toString(), isFull);
    try {
      for (Optional<Spoken> next = journals.next(); next.isPresent(); next = journals.next()) {
        if (isRaw) {
          to.out().println(raw(next.get(), redactor, json));
        } else {
          text.of(next.get()).ifPresent(to.out()::println);
        }
        if (to.out().checkError()) {
          return; // nobody reads any more
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(
          "What the agent of job %s said cannot be read".formatted(id), unreadable);
    }
    to.out().flush();
  }

  /** As it stands in the journal, without secrets, and with the conversation that it is of. */
  private static String raw(Spoken spoken, Redactor redactor, Json json) {
    String line = redactor.text(spoken.line().text());
    try {
      ObjectNode record = json.read(line, ObjectNode.class);
      return json.line(json.object().put("session", spoken.session()).setAll(record));
    } catch (UncheckedIOException torn) {
      return json.line(json.object().put("session", spoken.session()).put("garbled", line));
    }
  }

  /** Where nothing serves, nothing changes: what is there is all there is. */
  private boolean goesOn(JobId id) {
    if (!program.isServing()) {
      return false;
    }
    int answer =
        program.look(
            knight.config(), api -> GOES_ON.contains(api.show(id.value()).state()) ? 0 : 1);
    return answer == 0;
  }
}
