package dev.knight.rehearsal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the logs of jobs lie: not GitHub's own storage, which wants no token and is shown none. A
 * request that bears one is refused.
 */
final class LogSite {
  private static final String START = "/_logs/";
  private static final Pattern PATH = Pattern.compile("/_logs/([0-9]{1,18})/([0-9]{1,18})");

  private final World world;

  LogSite(World world) {
    this.world = world;
  }

  static boolean isLog(String path) {
    return path.startsWith(START);
  }

  static String address(long repository, long job) {
    return START + repository + "/" + job;
  }

  /** Answers, and gives the status. */
  int answer(WireRequest request, WireReply reply) throws IOException {
    Matcher path = PATH.matcher(request.path());
    boolean shown = !request.header("authorization").isEmpty();
    Optional<String> log =
        path.matches() && !shown
            ? world.log(Long.parseLong(path.group(1)), Long.parseLong(path.group(2)))
            : Optional.empty();
    int status = shown ? 403 : log.isPresent() ? 200 : 404;
    reply.send(
        status,
        Map.of("content-type", "text/plain"),
        log.orElse("").getBytes(StandardCharsets.UTF_8));
    return status;
  }

  /** A job's log as Actions writes it: a time before each line, groups, colours, the error last. */
  static String written(ActionsRun.Job job) {
    StringBuilder log = new StringBuilder();
    String time = DateTimeFormatter.ISO_INSTANT.format(job.at()).replace("Z", ".0000000Z ");
    line(log, time, "##[group]Operating System");
    line(log, time, "Ubuntu");
    line(log, time, "##[endgroup]");
    line(log, time, "##[group]Run " + job.built().step());
    line(log, time, "\u001B[36;1m" + job.built().step() + "\u001B[0m");
    line(log, time, "##[endgroup]");
    job.built().log().lines().forEach(said -> line(log, time, said));
    if (job.built().isFailed()) {
      line(log, time, "##[error]Process completed with exit code 1.");
    }
    line(log, time, "Cleaning up orphan processes");
    return log.toString();
  }

  private static void line(StringBuilder log, String time, String text) {
    log.append(time).append(text).append("\r\n");
  }
}
