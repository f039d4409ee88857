package dev.knight.cli;

import static java.util.Objects.requireNonNull;

import dev.knight.api.LiveLine;
import dev.knight.api.LivePosition;
import dev.knight.api.SteerRequest;
import dev.knight.hygiene.PlainText;
import dev.knight.job.JobId;
import dev.knight.job.UnavailableException;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code knight attach}. */
@Command(
    name = "attach",
    description = {
      "Look on while a job is worked on, and tell its agent something.",
      "Each line that you type is sent to the agent. To leave, press Ctrl-C or",
      "Ctrl-D, or type /detach: nothing stops because of that."
    })
final class AttachCommand implements Callable<Integer> {
  /** A service that is restarted is there again sooner. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
  private static final String GONE = "The service went away";
  private static final String LEAVE = "/detach";

  private final Program program;
  private final Terminal terminal;
  private final AtomicReference<Optional<LiveReading>> reading =
      new AtomicReference<>(Optional.empty());
  private volatile boolean detached;

  @Parameters(index = "0", paramLabel = "JOB", description = "The job's number.")
  private @Nullable JobId job;

  @Option(names = "--json", description = "Print a JSON object for each thing that happens.")
  private boolean json;

  AttachCommand(Program program, Terminal terminal) {
    this.program = program;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    JobId id = requireNonNull(job);
    if (!program.isServing()) {
      throw new UnavailableException(
          "No service runs, so nothing happens in job %s; start knight serve, or read knight logs"
              .formatted(id),
          Optional.empty());
    }
    Onlooker onlooker = new Onlooker(terminal, id.toString());
    Thread.ofPlatform().daemon().name("typed").start(() -> listen(id, onlooker));
    LivePosition position = LivePosition.NONE;
    long end = System.nanoTime() + PATIENCE.toNanos();
    boolean said = false;
    String why = GONE;
    while (true) {
      try (LiveReading live = client().live(id.value(), position)) {
        reading.set(Optional.of(live));
        if (detached) {
          return ExitCodes.DONE; // typed while nothing was read
        }
        for (Optional<LiveLine> next = live.next(); next.isPresent(); next = live.next()) {
          LiveLine line = next.get();
          show(line, onlooker);
          position = position.after(line);
          end = System.nanoTime() + PATIENCE.toNanos();
          said = false;
          if (line.kind() == LiveLine.Kind.END) {
            return line.failed() ? ExitCodes.FAILED : ExitCodes.DONE;
          }
        }
      } catch (IOException | UnavailableException cut) {
        if (!detached && System.nanoTime() > end) {
          throw new UnavailableException(
              ("The service went away, and the agent of job %1$s may work on without it: knight serve"
                      + " starts it again, knight logs %1$s has what was said")
                  .formatted(id),
              cut);
        }
        why = silent(cut) ? GONE : String.valueOf(cut.getMessage());
      }
      if (detached) {
        return ExitCodes.DONE;
      }
      if (!said) {
        onlooker.cut(why + "; waiting for it");
        said = true;
      }
      Thread.sleep(BETWEEN_TRIES);
    }
  }

  /** Whether nobody answered; otherwise there is an answer to be told. */
  private static boolean silent(Exception cut) {
    return cut instanceof IOException || cut.getCause() instanceof IOException;
  }

  /** A service that came back may listen elsewhere. */
  private DaemonClient client() {
    return DaemonClient.of(program.home())
        .orElseThrow(
            () -> new UnavailableException("The service does not listen yet", Optional.empty()));
  }

  private void show(LiveLine line, Onlooker onlooker) {
    if (!json) {
      onlooker.show(line);
    } else if (line.kind() != LiveLine.Kind.BEAT) {
      terminal.out().println(new Json().line(line.json()));
      terminal.out().flush();
    }
  }

  /** What is typed is sent, line by line. */
  private void listen(JobId id, Onlooker onlooker) {
    BufferedReader typed = terminal.in();
    try {
      for (String line = typed.readLine(); line != null; line = typed.readLine()) {
        if (line.strip().equals(LEAVE)) {
          detach();
          return;
        }
        if (!line.isBlank()) {
          send(id, line, onlooker);
        }
      }
      if (terminal.isPerson()) {
        detach();
      }
    } catch (IOException closed) {
      onlooker.cut("Nothing more can be typed: " + closed.getMessage());
    }
  }

  private void send(JobId id, String line, Onlooker onlooker) {
    try {
      // Not by way of the store: a service that is only restarted must find its home free.
      client().steer(id.value(), new SteerRequest(line.strip(), SteerCommand.me()));
    } catch (RuntimeException refused) {
      onlooker.cut(PlainText.line(String.valueOf(refused.getMessage())));
    }
  }

  private void detach() throws IOException {
    detached = true;
    Optional<LiveReading> live = reading.get();
    if (live.isPresent()) {
      live.get().close();
    }
  }
}
