package dev.knight.publish;

import dev.knight.job.Job;
import dev.knight.job.RefusedHost;
import dev.knight.publish.Finding.Fate;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Title and body of a pull request. */
final class PullRequestText {
  /** GitHub refuses longer titles. */
  private static final int TITLE = 250;

  /** GitHub refuses longer bodies than 65,536 characters. */
  private static final int BODY = 60_000;

  private static final int SUMMARY = 12_000;
  private static final int OUTPUT = 4_000;
  private static final int COMMAND = 300;

  /** So many rows of a table or lines of a list. */
  private static final int ROWS = 64;

  private final OutgoingText outgoing;
  private final RefusalText refusals;
  private final PublishSettings settings;

  PullRequestText(OutgoingText outgoing, PublishSettings settings) {
    this.outgoing = outgoing;
    this.refusals = new RefusalText(outgoing);
    this.settings = settings;
  }

  String title(Contribution change) {
    return outgoing.subject(change.title(), TITLE);
  }

  /**
   * The body.
   *
   * @param refused what the job was kept from
   * @param closes whether merging it closes the job's issue
   * @param took how long the job has run
   */
  String body(
      Job job,
      Contribution change,
      List<RefusedHost> refused,
      boolean closes,
      Duration took,
      Marker marker) {
    String end =
        refusals.paragraph(refused).map(text -> "\n\n### Network\n\n" + text).orElse("")
            + "\n\n"
            + end(job, closes, took, marker);
    int part = 1;
    String body = said(change, part) + end;
    while (body.length() > BODY && part < ROWS) {
      part *= 2;
      body = said(change, part) + end;
    }
    return body;
  }

  /** What others said, in which everything of variable length is {@code part} times shorter. */
  private String said(Contribution change, int part) {
    return String.join(
        "\n\n",
        outgoing.markdown(change.summary(), SUMMARY / part),
        "### Verified\n\n" + verified(change, part),
        "### Reviewed\n\n" + reviewed(change, part) + released(change, part));
  }

  private String end(Job job, boolean closes, Duration took, Marker marker) {
    return String.join(
        "\n\n",
        (closes ? "Closes #" : "For #")
            + job.subject().number()
            + ", asked for by @"
            + job.requester().login()
            + "."
            + settings.warning(),
        "<sub>knight · job %s · %s · %s</sub>\n%s"
            .formatted(
                job.id(), Figures.usd(job.spent().usd()), Figures.time(took), marker.text()));
  }

  private String verified(Contribution change, int part) {
    if (change.checks().isEmpty()) {
      return "The repository names no checks (`verify` in `.knight.yml`), so none were run.";
    }
    String rows = listed(change.checks(), this::row, part);
    return "| command | result | duration |\n| --- | --- | --- |\n"
        + rows
        + failures(change.checks(), OUTPUT / part);
  }

  private String row(Check check) {
    return "| `%s` | %s %s | %s |"
        .formatted(
            start(outgoing.plain(check.command()).replaceAll("\\s+", " "))
                .replace("`", "'")
                .replace("|", "\\|"),
            check.passed() ? "✅" : "❌",
            check.result(),
            Figures.time(check.took()));
  }

  private String failures(List<Check> checks, int most) {
    return checks.stream()
        .filter(check -> !check.passed())
        .limit(ROWS)
        .map(check ->
            "\n\nThe end of its output:\n\n" + outgoing.block(end(check.output(), most), most))
        .collect(Collectors.joining());
  }

  private static String end(String output, int most) {
    return output.length() <= most ? output : output.substring(output.length() - most);
  }

  private static String start(String command) {
    return command.length() <= COMMAND ? command : command.substring(0, COMMAND) + "…";
  }

  /** Each of {@code things} on a line of its own, or the first ones and how many more there are. */
  private static <T> String listed(List<T> things, Function<T, String> line, int part) {
    int most = ROWS / part;
    String first = things.stream().limit(most).map(line).collect(Collectors.joining("\n"));
    int more = things.size() - most;
    return more <= 0 ? first : first + "\n\nAnd %d more.".formatted(more);
  }

  private String reviewed(Contribution change, int part) {
    if (!change.reviewed()) {
      return "No self-review was held.";
    }
    if (change.findings().isEmpty()) {
      return "The self-review found nothing to mend.";
    }
    return listed(change.findings(), this::finding, part);
  }

  private String released(Contribution change, int part) {
    return change
        .release()
        .map(release ->
            "\n\n### Held, then released by `%s`\n\n%s"
                .formatted(
                    outgoing.line(release.by(), 100).replace("`", ""),
                    listed(release.held(), line -> "- " + outgoing.line(line, 400), part)))
        .orElse("");
  }

  private String finding(Finding finding) {
    String place = finding.place().isEmpty() ? "" : " " + outgoing.line(finding.place(), 300) + ":";
    return "- %s (%s)%s %s"
        .formatted(
            finding.fate() == Fate.ADDRESSED ? "addressed" : "**open**",
            finding.severity().name().toLowerCase(Locale.ROOT),
            place,
            outgoing.line(finding.text(), 600));
  }
}
