package dev.knight.publish;

import dev.knight.git.Author;
import dev.knight.git.Commit;
import dev.knight.job.Job;
import dev.knight.job.RefusedHost;
import dev.knight.publish.Contribution.CommitMessage;
import dev.knight.publish.Finding.Fate;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Title and body of a pull request. */
final class PullRequestText {
  /** GitHub refuses longer titles. */
  private static final int TITLE = 250;

  /** GitHub refuses longer bodies than 65,536 characters. */
  private static final int BODY = 60_000;

  private static final String ASSUMPTIONS = "### Assumptions";

  /** That part of a body as knight wrote it; GitHub's editor changes the line ends. */
  private static final Pattern ASSUMED =
      Pattern.compile(
          ASSUMPTIONS
              + "\\r?\\n\\r?\\n- [^\\r\\n]*(\\r?\\n- [^\\r\\n]*)*+(\\r?\\n\\r?\\nAnd \\d+ more\\.)?");

  /** Around what is measured anew when there is another commit. */
  private static final String MEASURED = Marker.PREFIX + "measured -->";

  private static final String MEASURED_END = Marker.PREFIX + "measured end -->";

  private static final int SUMMARY = 12_000;
  private static final int SECTION = 4_000;
  private static final int SHORT = 10;
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
   * The commit's message: the line that its author has for it, and below who asked for it.
   *
   * @param coAuthor the trailer's value that names the requester; empty for knight's own account
   */
  String message(Job job, Contribution change, Optional<Author> coAuthor) {
    CommitMessage message = change.message();
    String subject = outgoing.subject(message.subject(), TITLE);
    List<String> paragraphs =
        Stream.concat(
                Stream.of(subject),
                Stream.of(message.body().split("\\R\\s*\\R"))
                    .map(paragraph -> outgoing.subject(paragraph, SECTION))
                    .map(CommitStyle::wrapped))
            .filter(paragraph -> !paragraph.isEmpty())
            .toList();
    String trailer =
        coAuthor
            .map(author -> "Co-authored-by: %s <%s>\n".formatted(author.name(), author.email()))
            .orElse("");
    return "%s\n\nAsked for in #%d.\n\n%s%s%s\n"
        .formatted(
            String.join("\n\n", paragraphs),
            job.subject().number(),
            trailer,
            CommitStyle.TRAILER,
            job.id());
  }

  /**
   * What the change is made of.
   *
   * @param head the commit that was pushed
   * @param base the commit that it was made from
   */
  record Commits(Commit head, Commit base) {}

  /**
   * The body.
   *
   * @param commits what the checks say something of
   * @param refused what the job was kept from
   * @param closes whether merging it closes the job's issue
   * @param took how long the job has run
   */
  String body(
      Job job,
      Contribution change,
      Commits commits,
      List<RefusedHost> refused,
      boolean closes,
      Duration took,
      Marker marker) {
    String end =
        refusals.paragraph(refused).map(text -> "\n\n### Network\n\n" + text).orElse("")
            + "\n\n"
            + end(job, closes, took, marker);
    int part = 1;
    String body = said(change, commits, part) + end;
    while (body.length() > BODY && part < ROWS) {
      part *= 2;
      body = said(change, commits, part) + end;
    }
    return body;
  }

  /** What others said, in which everything of variable length is {@code part} times shorter. */
  private String said(Contribution change, Commits commits, int part) {
    Story story = change.story();
    return Stream.of(
            story.isParted() ? section("Why", story.why(), part) : "",
            story.isParted() ? section("What", what(story), part) : summary(story, part),
            measured(change, commits, part),
            "### Reviewed\n\n" + reviewed(change, part) + released(change, part),
            section("Decisions", story.decisions(), part),
            assumed(story.assumptions(), part),
            section("Risks", story.risks(), part),
            section("Left out", story.leftOut(), part))
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining("\n\n"));
  }

  private String measured(Contribution change, Commits commits, int part) {
    return MEASURED + "\n### Verified\n\n" + verified(change, commits, part) + "\n" + MEASURED_END;
  }

  /**
   * {@code body}, as people may have changed it, with what was measured on the newest commit
   * instead of an earlier one.
   *
   * @return {@code body} itself if there is no place for it any more
   */
  String measuredAnew(String body, Contribution change, Commits commits) {
    int begin = body.indexOf(MEASURED);
    int end = body.indexOf(MEASURED_END, Math.max(0, begin));
    if (begin < 0 || end < 0) {
      return body;
    }
    String next =
        body.substring(0, begin)
            + measured(change, commits, 1)
            + body.substring(end + MEASURED_END.length());
    return next.length() <= BODY ? next : body;
  }

  private static String what(Story story) {
    return story.what().isBlank() ? story.summary() : story.what();
  }

  private String summary(Story story, int part) {
    return outgoing.markdown(story.summary(), SUMMARY / part);
  }

  /** What is not said has no heading. */
  private String section(String heading, String text, int part) {
    String said = outgoing.markdown(text.strip(), SECTION / part);
    return said.isBlank() ? "" : "### " + heading + "\n\n" + said;
  }

  private String assumed(List<String> sentences, int part) {
    return sentences.isEmpty()
        ? ""
        : ASSUMPTIONS + "\n\n" + listed(sentences, it -> "- " + outgoing.line(it, 600), part);
  }

  /** {@code body}, in which nothing is said to be assumed that somebody has decided since. */
  String corrected(String body, Contribution change) {
    List<String> left = change.story().assumptions();
    String section =
        left.isEmpty() ? ASSUMPTIONS + "\n\nNone is left: they were answered." : assumed(left, 1);
    return ASSUMED.matcher(body).replaceFirst(Matcher.quoteReplacement(section));
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

  private String verified(Contribution change, Commits commits, int part) {
    if (change.checks().isEmpty()) {
      return "The repository names no checks (`verify` in `.knight.yml`), so none were run."
          + proved(change);
    }
    boolean compared = change.checks().stream().anyMatch(it -> it.onBase().isPresent());
    String head = "| command | result | duration | commit |";
    String line = "\n| --- | --- | --- | --- |";
    String rows = listed(change.checks(), check -> row(check, commits, compared), part);
    return (compared ? head + " on the base |" + line + " --- |\n" : head + line + "\n")
        + rows
        + blameless(change.checks(), commits)
        + proved(change)
        + failures(change.checks(), OUTPUT / part);
  }

  private String row(Check check, Commits commits, boolean compared) {
    String row =
        "| `%s` | %s | %s | `%s` |"
            .formatted(
                command(check.command()).replace("|", "\\|"),
                mark(check.passed(), check.result()),
                Figures.time(check.took()),
                shortened(commits.head()));
    return compared
        ? row + check.onBase().map(it -> " " + mark(it.passed(), it.result())).orElse("") + " |"
        : row;
  }

  private String command(String command) {
    return start(outgoing.plain(command).replaceAll("\\s+", " ")).replace("`", "'");
  }

  private static String mark(boolean passed, String result) {
    return passed ? "✅ " + result + " (exit code 0)" : "❌ " + result;
  }

  private static String shortened(Commit commit) {
    return commit.id().substring(0, SHORT);
  }

  /** What failed before is not blamed on the change, and does not speak for it either. */
  private static String blameless(List<Check> checks, Commits commits) {
    long old = checks.stream().filter(it -> !it.passed() && !it.isRegression()).count();
    return old == 0
        ? ""
        : "\n\n%s on the base (`%s`) too, so it was not this change that broke %s. Whether it broke more there is not known."
            .formatted(
                old == 1 ? "One of these fails" : old + " of these fail",
                shortened(commits.base()),
                old == 1 ? "it" : "them");
  }

  private String proved(Contribution change) {
    return change.proof().map(proof -> "\n\n" + proved(proof)).orElse("");
  }

  private String proved(Proof proof) {
    return switch (proof) {
      case Proof.RedThenGreen(int tests, String command, String result) ->
          "🔴 → 🟢 With %s on the code of the base, `%s` fails (%s); with the change it passes."
              .formatted(files(tests), command(command), result);
      case Proof.GreenBefore(int tests) ->
          "⚠️ This is called a fix, but %s pass%s on the code of the base as well: what was mended is not shown by tests."
              .formatted(files(tests), tests == 1 ? "es" : "");
      case Proof.NoTests() -> "⚠️ This is called a fix, and no test was added or changed with it.";
      case Proof.Unknown(int tests) ->
          "Whether %s fail%s without the change was not found out."
              .formatted(files(tests), tests == 1 ? "s" : "");
    };
  }

  private static String files(int tests) {
    return tests == 1
        ? "the one new or changed test file"
        : "the %d new or changed test files".formatted(tests);
  }

  private String failures(List<Check> checks, int most) {
    return checks.stream()
        .filter(Check::isRegression)
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
