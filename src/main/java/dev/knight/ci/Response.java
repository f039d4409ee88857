package dev.knight.ci;

import dev.knight.attempt.CheckRules;
import dev.knight.github.Checks;
import dev.knight.github.GitHub;
import dev.knight.github.PullRequest;
import dev.knight.job.Effect;
import dev.knight.job.Event;
import dev.knight.job.Job;
import dev.knight.job.JobState.Done;
import dev.knight.job.JobStore;
import dev.knight.job.Reply;
import dev.knight.publish.CheckLine;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * What is done about checks that have settled. Each thing is on record under a name that is made
 * from the commit, so that doing it again after a crash does nothing twice.
 */
final class Response {
  private static final Logger LOG = Logger.getLogger(Response.class);

  private static final String BLIND =
      "I do not see the checks on GitHub: my token may not read them. Please look at them yourself.";

  private final GitHub github;
  private final Checks checks;
  private final JobStore store;
  private final Diagnosis diagnosis;
  private final Reruns reruns;
  private final Wording words;
  private final Sight sight;
  private final InstantSource clock;

  Response(
      GitHub github,
      Checks checks,
      JobStore store,
      Diagnosis diagnosis,
      Reruns reruns,
      Wording words,
      InstantSource clock) {
    this.github = github;
    this.checks = checks;
    this.store = store;
    this.diagnosis = diagnosis;
    this.reruns = reruns;
    this.words = words;
    this.sight = new Sight(store);
    this.clock = clock;
  }

  /**
   * Does what {@code standing}, which is final for the head of {@code pull}, asks for.
   *
   * @return whether that is all until something changes
   */
  boolean to(Job job, PullRequest pull, Standing standing, CheckRules rules, int mostRounds) {
    Head head = head(job, pull, rules);
    if (standing.checks().isEmpty()) {
      return true;
    }
    List<HeadCheck> red = standing.red();
    Job current = readied(job, pull, standing);
    if (red.isEmpty()) {
      tell(current, words.line(head, standing, ""));
      return true;
    }
    if (store.mention(CheckRules.nodeId(pull.subject().number(), head.commit())).isPresent()) {
      reply(
          current,
          pull,
          ended(pull, head),
          "@%s, on `%s` %s %s red. I have looked at it and found nothing to mend:\n\n%s"
              .formatted(
                  job.requester().login(),
                  head.shortCommit(),
                  words.named(red),
                  red.size() == 1 ? "is" : "are",
                  words.quoted(reason(current))));
      tell(current, words.line(head, standing, "I have looked at it and found nothing to mend."));
      return true;
    }
    List<Cause> causes = diagnosis.of(head, red);
    List<Cause.Ours> ours = only(Cause.Ours.class, causes);
    if (!ours.isEmpty()) {
      return mend(current, pull, head, standing, ours, rules.roundsWithin(mostRounds));
    }
    return wait(current, pull, head, standing, causes);
  }

  private static <T extends Cause> List<T> only(Class<T> kind, List<Cause> causes) {
    return causes.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private Head head(Job job, PullRequest pull, CheckRules rules) {
    boolean own =
        store.effects(job.id()).stream()
            .filter(effect -> effect.kind() == Effect.Kind.PUSH)
            .anyMatch(effect -> effect.externalId().equals(Optional.of(pull.headSha())));
    boolean passed = own && job.state() instanceof Done done && !done.draft();
    return new Head(
        pull.subject().repository(),
        pull.headSha(),
        pull.baseRef(),
        own,
        passed ? Set.copyOf(rules.verify()) : Set.of());
  }

  /** A draft that knight opened because of its own checks is ready once GitHub's are green. */
  private Job readied(Job job, PullRequest pull, Standing standing) {
    if (!(job.state() instanceof Done(_, boolean draft, _)) || !draft) {
      return job;
    }
    if (pull.draft()) {
      if (!isOwnDraft(job)) {
        return job;
      }
      Set<String> required = checks.required(pull.subject().repository(), pull.baseRef());
      if (!standing.isGreen(required)) {
        return job;
      }
      github.readyForReview(pull);
    }
    Instant now = clock.instant();
    Event told = Event.of(job.id(), now, CheckLine.READY, "Its pull request is ready for review");
    return store.replace(job, job.ready(now), List.of(told)).orElse(job);
  }

  /** Whether knight opened it as a draft, and nobody has called it ready since. */
  private boolean isOwnDraft(Job job) {
    List<String> story = store.events(job.id(), 0).stream().map(Event::kind).toList();
    return story.contains(CheckLine.DRAFT) && !story.contains(CheckLine.READY);
  }

  private boolean mend(
      Job job,
      PullRequest pull,
      Head head,
      Standing standing,
      List<Cause.Ours> ours,
      int mostRounds) {
    List<HeadCheck> red = ours.stream().map(Cause.Ours::check).toList();
    long rounds = rounds(job);
    if (rounds >= mostRounds) {
      giveUp(job, pull, head, red, rounds);
      tell(job, words.line(head, standing, ""));
      return true;
    }
    String key = CheckRules.nodeId(pull.subject().number(), head.commit());
    Instant now = clock.instant();
    Job woken = store.accept(sight.of(job, pull, key, words.evidence(head, ours), now), now);
    LOG.infof(
        "job=%s The checks of %s are red, and it goes on: %s",
        woken.id(), pull.subject(), red.stream().map(HeadCheck::name).toList());
    return true;
  }

  /** How often red checks have woken the job since a person last said something. */
  private long rounds(Job job) {
    return sight.sinceLastWord(job).stream().filter(CheckRules::isRed).count();
  }

  private void giveUp(Job job, PullRequest pull, Head head, List<HeadCheck> red, long rounds) {
    String why =
        rounds == 0
            ? "I do not go after red checks by myself here."
            : "I have tried %s, and leave it to you now.".formatted(times(rounds));
    reply(
        job,
        pull,
        ended(pull, head),
        "@%s, on `%s` %s %s red. %s Mention me here to have me go on."
            .formatted(
                job.requester().login(),
                head.shortCommit(),
                words.named(red),
                red.size() == 1 ? "is" : "are",
                why));
  }

  /** One last word for each commit. */
  private static String ended(PullRequest pull, Head head) {
    return "checks-end:" + pull.subject().number() + ":" + head.commit();
  }

  private static String reason(Job job) {
    return job.state() instanceof Done done ? done.reason() : "";
  }

  private static String times(long rounds) {
    return rounds == 1 ? "once" : rounds == 2 ? "twice" : rounds + " times";
  }

  /** Nothing in the change is to be mended: what may pass by itself is run again, else told. */
  private boolean wait(
      Job job, PullRequest pull, Head head, Standing standing, List<Cause> causes) {
    List<Cause.Outside> outside = new ArrayList<>();
    List<HeadCheck> again = new ArrayList<>();
    for (Cause cause : causes) {
      switch (cause) {
        case Cause.Outside lost -> outside.add(lost);
        case Cause.Flaky flaky -> {
          switch (reruns.again(job, head, flaky)) {
            case RUNS -> again.add(flaky.check());
            case REFUSED ->
                outside.add(
                    new Cause.Outside(flaky.check(), flaky.why() + ", and is not run again"));
            case ENOUGH ->
                outside.add(
                    new Cause.Outside(flaky.check(), flaky.why() + ", and was run often enough"));
          }
        }
        case Cause.Ours _ -> throw new IllegalStateException("It is to be mended: " + cause);
      }
    }
    if (!again.isEmpty()) {
      tell(
          job,
          words.line(head, standing, "I have run %s once more.".formatted(words.named(again))));
      return false;
    }
    tell(job, words.line(head, standing, "It is nothing that I can mend."));
    reply(
        job,
        pull,
        "checks-outside:%s:%s".formatted(pull.subject(), digest(outside)),
        "@%s, on `%s` not all checks are green, and it is nothing that I can mend:\n\n%s"
            .formatted(job.requester().login(), head.shortCommit(), words.outside(outside)));
    return true;
  }

  /** The same reasons on the next commit are no news. */
  private static String digest(List<Cause.Outside> causes) {
    String all =
        causes.stream()
            .map(cause -> cause.check().app() + "\n" + cause.check().name() + "\n" + cause.why())
            .sorted()
            .collect(Collectors.joining("\n\n"));
    return HexFormat.of().toHexDigits(all.hashCode());
  }

  private void reply(Job job, PullRequest pull, String key, String body) {
    store.reply(Reply.in(pull.subject(), key, Optional.of(job.id()), body, clock.instant()));
  }

  /** Says once that nothing can be seen. */
  void tellBlind(Job job) {
    tell(job, BLIND);
  }

  /** Puts a line into the status comment, unless it is there. */
  private void tell(Job job, String line) {
    Optional<String> last = CheckLine.in(store.events(job.id(), 0));
    if (last.filter(line::equals).isEmpty()) {
      Instant now = clock.instant();
      Event told = Event.of(job.id(), now, CheckLine.KIND, line);
      if (store.replace(job, job.notice(now), List.of(told)).isEmpty()) {
        LOG.debugf("job=%s It has just gone on, so its checks are told later", job.id());
      }
    }
  }
}
