package dev.knight.dashboard;

import dev.knight.hygiene.PlainText;
import dev.knight.hygiene.Redactor;
import dev.knight.job.Job;
import dev.knight.job.JobState.Answered;
import dev.knight.job.JobState.Done;
import dev.knight.job.JobState.Failed;
import dev.knight.job.JobState.NeedsYou;
import dev.knight.job.JobState.NoChange;
import dev.knight.job.JobState.Queued;
import dev.knight.job.JobState.Retrying;
import dev.knight.job.JobState.Running;
import dev.knight.job.JobState.Stopped;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Optional;

/**
 * Puts jobs into words for a page. What comes from outside is plain text by then, without secrets
 * and without signs that nobody sees; a template escapes it like everything.
 */
@Singleton
final class JobLines {
  private static final int LONGEST = 240;
  private static final int LONGEST_PASSAGE = 20_000;

  private final Redactor redactor;
  private final DashboardSettings settings;

  JobLines(Redactor redactor, DashboardSettings settings) {
    this.redactor = redactor;
    this.settings = settings;
  }

  JobLine of(Job job) {
    Optional<URI> pullRequest = job.pullRequest().filter(this::isOnGitHub);
    return new JobLine(
        job.id().value(),
        "/jobs/" + job.id(),
        title(job),
        job.subject().toString(),
        settings
            .github()
            .resolve("/%s/issues/%d".formatted(job.subject().repository(), job.subject().number()))
            .toString(),
        job.state().word(),
        job.state() instanceof Running running ? running.step().word() : "",
        line(job.requester().login()),
        Figures.money(job.spent().usd()),
        pullRequest.map(JobLines::number).orElse(""),
        pullRequest.map(URI::toString).orElse(""),
        cut(Prose.of(passage(words(job))).line()),
        Moment.of(job.updatedAt()));
  }

  /** {@code text} from outside, on one line. */
  String line(String text) {
    return PlainText.line(redactor.text(text));
  }

  /** {@code text} from outside, with its lines. */
  String lines(String text) {
    return PlainText.lines(redactor.text(text));
  }

  /** The same, of which the page shows the beginning if it is very long. */
  String passage(String text) {
    String lines = lines(text);
    return lines.length() <= LONGEST_PASSAGE ? lines : lines.substring(0, LONGEST_PASSAGE) + "\n…";
  }

  /**
   * Whether {@code page} is one of the GitHub that knight works with, so that a link may lead
   * there.
   */
  boolean isOnGitHub(URI page) {
    URI github = settings.github();
    return github.getScheme().equals(page.getScheme())
        && github.getRawAuthority().equalsIgnoreCase(String.valueOf(page.getRawAuthority()));
  }

  private String title(Job job) {
    String title = line(job.title());
    return title.isEmpty() ? job.subject().toString() : title;
  }

  private static String number(URI page) {
    String path = page.toString();
    return "#" + path.substring(path.lastIndexOf('/') + 1);
  }

  /** What is new to who reads a list: how a job that is done came out is in its pull request. */
  private static String words(Job job) {
    return switch (job.state()) {
      case Retrying _, NeedsYou _, NoChange _, Failed _, Stopped _ -> job.reason().orElse("");
      case Queued _, Running _, Done _, Answered _ -> "";
    };
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
