package dev.knight.publish;

import dev.knight.job.Job;
import dev.knight.job.RefusedHost;
import dev.knight.publish.Finding.Fate;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Title and body of a pull request. */
final class PullRequestText {
  /** GitHub refuses longer titles. */
  private static final int TITLE = 250;

  private static final int SUMMARY = 12_000;
  private static final int OUTPUT = 4_000;

  private final OutgoingText outgoing;
  private final RefusalText refusals;

  PullRequestText(OutgoingText outgoing) {
    this.outgoing = outgoing;
    this.refusals = new RefusalText(outgoing);
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
    return String.join(
        "\n\n",
        outgoing.markdown(change.summary(), SUMMARY),
        "### Verified\n\n" + verified(change),
        "### Reviewed\n\n"
            + reviewed(change)
            + released(change)
            + refusals.paragraph(refused).map(text -> "\n\n### Network\n\n" + text).orElse(""),
        (closes ? "Closes #" : "For #")
            + job.subject().number()
            + ", asked for by @"
            + job.requester().login()
            + ".",
        "<sub>knight · job %s · %s · %s</sub>\n%s"
            .formatted(
                job.id(), Figures.usd(job.spent().usd()), Figures.time(took), marker.text()));
  }

  private String verified(Contribution change) {
    if (change.checks().isEmpty()) {
      return "The repository names no checks (`verify` in `.knight.yml`), so none were run.";
    }
    String rows = change.checks().stream().map(this::row).collect(Collectors.joining("\n"));
    return "| command | result | duration |\n| --- | --- | --- |\n"
        + rows
        + failures(change.checks());
  }

  private String row(Check check) {
    return "| `%s` | %s %s | %s |"
        .formatted(
            outgoing
                .plain(check.command())
                .replaceAll("\\s+", " ")
                .replace("`", "'")
                .replace("|", "\\|"),
            check.passed() ? "✅" : "❌",
            check.result(),
            Figures.time(check.took()));
  }

  private String failures(List<Check> checks) {
    return checks.stream()
        .filter(check -> !check.passed())
        .map(
            check -> "\n\nThe end of its output:\n\n" + outgoing.block(end(check.output()), OUTPUT))
        .collect(Collectors.joining());
  }

  private static String end(String output) {
    return output.length() <= OUTPUT ? output : output.substring(output.length() - OUTPUT);
  }

  private String reviewed(Contribution change) {
    if (!change.reviewed()) {
      return "No self-review was held.";
    }
    if (change.findings().isEmpty()) {
      return "The self-review found nothing to mend.";
    }
    return change.findings().stream().map(this::finding).collect(Collectors.joining("\n"));
  }

  private String released(Contribution change) {
    return change
        .release()
        .map(release ->
            "\n\n### Held, then released by `%s`\n\n%s"
                .formatted(
                    outgoing.line(release.by(), 100).replace("`", ""),
                    release.held().stream()
                        .map(line -> "- " + outgoing.line(line, 400))
                        .collect(Collectors.joining("\n"))))
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
