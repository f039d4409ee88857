package dev.knight.cli;

import dev.knight.job.UnavailableException;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code knight open}. */
@Command(
    name = "open",
    description = {
      "Open the dashboard of the running service in the browser.",
      "The link lets one browser in, within a minute; it stays logged in for 30 days.",
      "Without a screen, or with --print, the link is printed: open it yourself."
    })
final class OpenCommand implements Callable<Integer> {
  /** What goes on for longer is the browser itself. */
  private static final long PATIENCE_SECONDS = 5;

  private final Program program;
  private final Terminal terminal;
  private final Map<String, String> environment;

  @Option(names = "--print", description = "Print the link, and start no browser.")
  private boolean print;

  @Option(names = "--json", description = "Print JSON, and start no browser.")
  private boolean asJson;

  OpenCommand(Program program, Terminal terminal, Map<String, String> environment) {
    this.program = program;
    this.terminal = terminal;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    DaemonClient service =
        Optional.of(program.home())
            .filter(_ -> program.isServing())
            .flatMap(DaemonClient::of)
            .orElseThrow(() ->
                new UnavailableException(
                    "No service runs, so there is no dashboard: start it with knight serve",
                    Optional.empty()));
    URI url = service.login();
    if (asJson) {
      terminal.out().println(new Json().pretty(Map.of("url", url)));
    } else if (print || !opened(url)) {
      terminal.out().println(url);
      terminal.err().println("Open this link within a minute; it works once.");
    } else {
      terminal.out().println("The dashboard is open in the browser at " + service.address());
    }
    terminal.out().flush();
    return ExitCodes.DONE;
  }

  /** Whether a browser took it. */
  private boolean opened(URI url) {
    return programs().stream().anyMatch(words -> started(words, url));
  }

  /** The ways to a browser, the best first; none where there is no screen. */
  private List<List<String>> programs() {
    List<List<String>> programs = new ArrayList<>();
    Arrays.stream(environment.getOrDefault("BROWSER", "").split(":"))
        .filter(words -> !words.isBlank())
        .map(words -> List.of(words.strip().split("\\s+")))
        .forEach(programs::add);
    if (System.getProperty("os.name", "").startsWith("Mac")) {
      programs.add(List.of("open"));
    } else if (List.of("DISPLAY", "WAYLAND_DISPLAY").stream()
        .anyMatch(screen -> !environment.getOrDefault(screen, "").isBlank())) {
      programs.add(List.of("xdg-open"));
    }
    return programs;
  }

  private static boolean started(List<String> words, URI url) {
    List<String> command = new ArrayList<>(words);
    command.replaceAll(word -> word.replace("%s", url.toString()));
    if (words.stream().noneMatch(word -> word.contains("%s"))) {
      command.add(url.toString());
    }
    try {
      Process browser =
          new ProcessBuilder(command)
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return !browser.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || browser.exitValue() == 0;
    } catch (IOException _) {
      return false; // not installed
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
