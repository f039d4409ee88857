package dev.knight.notify;

import dev.knight.api.JobView;
import dev.knight.hygiene.PlainText;
import dev.knight.hygiene.Redactor;
import dev.knight.job.Event;
import dev.knight.job.Job;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * What people are told. Its texts are plain and without secrets, but still what others wrote.
 *
 * @param id the same whenever the same is told again
 * @param occasion why
 * @param at when it happened
 * @param title one line that says it all
 * @param text more of it: the question, or what came of the job
 * @param link the page to open
 * @param issue the title of the job's issue
 * @param job the job as it is now, whose texts may hold anything but secrets
 */
record Notice(
    String id,
    Occasion occasion,
    Instant at,
    String title,
    String text,
    URI link,
    String issue,
    JobView job) {
  /** A telephone shows less, and a chat no more. */
  private static final int LONGEST = 2_000;

  private static final int LONGEST_TITLE = 200;

  /** What {@code event} of {@code job} is to people. */
  static Notice of(Event event, Occasion occasion, Job job, URI page, Redactor redactor) {
    String issue = PlainText.line(redactor.text(job.title()));
    String about = "knight %s: %s %s".formatted(occasion.says(), job.subject(), issue);
    String said = event.kind().equals("finished") ? rest(event.text()) : event.text();
    String more = event.kind().equals("planned") ? job.reason().orElse(said) : said;
    return new Notice(
        event.sequence() + "-" + event.at().getEpochSecond(),
        occasion,
        event.at(),
        cut(PlainText.line(about), LONGEST_TITLE),
        cut(PlainText.lines(redactor.text(more)), LONGEST),
        job.pullRequest().orElse(page),
        issue,
        JobView.of(job, redactor::text));
  }

  /** One that shows that notices arrive. */
  static Notice sample(Instant now) {
    JobView job =
        new JobView(
            1,
            "owner/name",
            1,
            "Say hello",
            "ask",
            "done",
            Optional.of("Hello."),
            Optional.empty(),
            Optional.empty(),
            1,
            "you",
            Optional.empty(),
            BigDecimal.ZERO,
            now,
            now);
    return new Notice(
        "test-" + now.getEpochSecond(),
        Occasion.DONE,
        now,
        "knight can tell you: this is a test",
        "So it looks when a job needs you, or is done.",
        URI.create("https://github.com/"),
        job.title(),
        job);
  }

  private static String rest(String text) {
    int colon = text.indexOf(": ");
    return colon < 0 ? text : text.substring(colon + 2);
  }

  /** {@code text} in at most {@code longest} characters, with … where it was cut. */
  static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    boolean splitsPair = Character.isHighSurrogate(text.charAt(longest - 2));
    return text.substring(0, splitsPair ? longest - 2 : longest - 1) + "…";
  }
}
