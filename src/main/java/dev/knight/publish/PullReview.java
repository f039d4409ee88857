package dev.knight.publish;

import dev.knight.github.GitHub;
import dev.knight.github.NewReview;
import dev.knight.github.Review;
import dev.knight.github.Waiter;
import dev.knight.job.Effect;
import dev.knight.job.Effect.Kind;
import dev.knight.job.Effect.State;
import dev.knight.job.Job;
import dev.knight.job.JobStore;
import dev.knight.job.Mention;
import dev.knight.job.UnavailableException;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The one review of a pull request that somebody asked for: neither for nor against it, what it
 * finds stands on the lines that GitHub shows of the change, and the rest in its body. It is on
 * record before it is submitted, and found by its marker afterwards.
 */
@Singleton
public final class PullReview {
  private static final int TEXT = 1_500;
  private static final int PLACE = 300;

  private final GitHub github;
  private final OutgoingText outgoing;
  private final EffectLog log;
  private final Waiter waiter;

  /** Where a call was not answered, {@code waiter} waits until GitHub's lists have caught up. */
  public PullReview(
      GitHub github,
      JobStore store,
      OutgoingText outgoing,
      PublishSettings settings,
      InstantSource clock,
      Waiter waiter) {
    this.github = github;
    this.outgoing = outgoing;
    this.log = new EffectLog(store, clock, settings);
    this.waiter = waiter;
  }

  /**
   * The review as it is there.
   *
   * @param link its page
   * @param sentence what the requester is told of it
   */
  public record Posted(URI link, String sentence) {}

  /**
   * Submits it, or finds that it was submitted.
   *
   * @param commit what was reviewed
   * @param diff the whole change, which says what lines GitHub shows
   * @throws dev.knight.job.RefusedException when GitHub will not have it
   * @throws dev.knight.job.LeaseLostException when the job was called off meanwhile
   */
  public Posted post(
      Job job,
      String commit,
      boolean approved,
      List<Finding> findings,
      String diff,
      Mention request) {
    Marker marker = Marker.of("review", request);
    Effect effect = log.planned(job.id(), Kind.REVIEW, "");
    Optional<URI> there =
        effect.state() == State.DONE ? effect.link() : earlier(effect, job, marker);
    URI link =
        there.orElseGet(() -> submitted(job, effect, commit, approved, findings, diff, marker));
    return new Posted(link, sentence(link, findings.size()));
  }

  private static String sentence(URI link, int found) {
    return found == 0
        ? "I have reviewed it and found nothing to mend: " + link
        : "I have reviewed it and found %d thing%s: %s"
            .formatted(found, found == 1 ? "" : "s", link);
  }

  private Optional<URI> earlier(Effect effect, Job job, Marker marker) {
    if (effect.state() == State.UNKNOWN) {
      await(log.untilKnown(effect));
    }
    long me = github.me().id();
    Optional<Review> found =
        github.reviews(job.subject()).stream()
            .filter(review -> review.author().filter(by -> by.id() == me).isPresent())
            .filter(review -> review.body().contains(marker.text()))
            .findFirst();
    found.ifPresent(review -> log.done(effect, review.id(), review.link()));
    return found.map(Review::link);
  }

  private URI submitted(
      Job job,
      Effect effect,
      String commit,
      boolean approved,
      List<Finding> findings,
      String diff,
      Marker marker) {
    log.mustBeCurrent(job);
    NewReview whole = review(job, commit, approved, findings, DiffLines.of(diff), marker);
    NewReview plain = review(job, commit, approved, findings, DiffLines.of(""), marker);
    Effect begun = log.begin(effect);
    // GitHub takes a review as a whole or not at all: what shows no line is said below the others.
    Review made =
        log.call(
            begun,
            () ->
                github
                    .review(job.subject(), whole)
                    .or(() -> github.review(job.subject(), plain))
                    .orElseThrow());
    log.done(begun, made.id(), made.link());
    return made.link();
  }

  private NewReview review(
      Job job,
      String commit,
      boolean approved,
      List<Finding> findings,
      DiffLines shown,
      Marker marker) {
    List<NewReview.Line> lines = new ArrayList<>();
    List<Finding> others = new ArrayList<>();
    for (Finding finding : findings) {
      Optional<NewReview.Line> line = line(finding, shown);
      line.ifPresentOrElse(lines::add, () -> others.add(finding));
    }
    String verdict =
        findings.isEmpty()
            ? "I found nothing to mend."
            : approved ? "I found nothing that stands in its way." : "I would mend this first.";
    String body =
        "I have read this change at %s. %s%s\n\n<sub>knight · job %s · asked for by `%s`</sub>\n%s"
            .formatted(
                commit.substring(0, Math.min(commit.length(), 10)),
                verdict,
                others.stream()
                    .map(finding -> "\n" + item(finding))
                    .collect(Collectors.joining("", others.isEmpty() ? "" : "\n", "")),
                job.id(),
                job.requester().login(),
                marker.text());
    return new NewReview(commit, body, lines);
  }

  private Optional<NewReview.Line> line(Finding finding, DiffLines shown) {
    int colon = finding.place().lastIndexOf(':');
    if (colon < 0 || !finding.place().substring(colon + 1).matches("[0-9]{1,9}")) {
      return Optional.empty();
    }
    String file = finding.place().substring(0, colon);
    int line = Integer.parseInt(finding.place().substring(colon + 1));
    return shown.shows(file, line)
        ? Optional.of(
            new NewReview.Line(
                file,
                line,
                "**%s:** %s".formatted(severity(finding), outgoing.markdown(finding.text(), TEXT))))
        : Optional.empty();
  }

  private String item(Finding finding) {
    String place =
        finding.place().isEmpty() ? "" : " " + outgoing.line(finding.place(), PLACE) + ":";
    return "- **%s:**%s %s"
        .formatted(severity(finding), place, outgoing.line(finding.text(), TEXT));
  }

  private static String severity(Finding finding) {
    return finding.severity().name().toLowerCase(Locale.ROOT);
  }

  private void await(Duration wait) {
    try {
      waiter.await(wait);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("The review was called off.", stop);
    }
  }
}
