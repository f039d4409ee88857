package dev.knight.attempt;

import dev.knight.git.Commit;
import dev.knight.git.Mirror;
import dev.knight.github.GitHub;
import dev.knight.github.PullRequest;
import dev.knight.github.ReviewThread;
import dev.knight.job.Convention;
import dev.knight.job.Effect;
import dev.knight.job.Effect.Kind;
import dev.knight.job.Effect.State;
import dev.knight.job.Event;
import dev.knight.job.Job;
import dev.knight.job.JobStore;
import dev.knight.job.Mention;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.RefusedException;
import dev.knight.job.Remark;
import dev.knight.job.Reply;
import dev.knight.job.StoredMention;
import dev.knight.job.Subject;
import dev.knight.memory.Memory;
import dev.knight.publish.OutgoingText;
import dev.knight.publish.ReviewTexts;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * What goes on between a job and the people who look at its pull request: what they pushed is taken
 * over before the agent works, and what they said is answered when it has. Each of it finds what it
 * has done already.
 */
@Singleton
final class Rounds {
  private static final Logger LOG = Logger.getLogger(Rounds.class);
  private static final String MOVED = "moved";

  private final GitHub github;
  private final JobStore store;
  private final Conversations conversations;
  private final ReviewTexts texts;
  private final Learning learning;
  private final InstantSource clock;

  Rounds(
      GitHub github,
      JobStore store,
      Conversations conversations,
      OutgoingText outgoing,
      Memory memory,
      InstantSource clock) {
    this.github = github;
    this.store = store;
    this.conversations = conversations;
    this.texts = new ReviewTexts(outgoing);
    this.learning = new Learning(memory);
    this.clock = clock;
  }

  /** The end of a job that was to go on, and whose pull request people have ended meanwhile. */
  Optional<Outcome> over(Progress progress) {
    Job job = progress.job();
    return pullRequest(job)
        .filter(pull -> isRound(job) && !pull.open())
        .map(pull -> {
          String reason =
              "The pull request was %s before I could go on, so I changed nothing more. Ask me in an issue."
                  .formatted(pull.merged() ? "merged" : "closed");
          // Who wrote there is answered by this; who asked in the issue gets a job of its own.
          store.delivered(
              store.mentions(job.id()).stream()
                  .map(StoredMention::mention)
                  .filter(mention -> mention.subject().equals(pull.subject()))
                  .map(Mention::nodeId)
                  .toList());
          lastWords(job, List.of(), Optional.empty(), reason);
          return new Outcome.Published(pull.link(), false, reason);
        });
  }

  /** Whether a person had the job go on after an end. */
  private static boolean isRound(Job job) {
    return job.mandate().since().isPresent();
  }

  private Optional<PullRequest> pullRequest(Job job) {
    return store.effects(job.id()).stream()
        .filter(effect -> effect.kind() == Kind.PULL_REQUEST)
        .flatMap(effect -> effect.externalId().stream())
        .findFirst()
        .map(number -> new Subject(job.subject().repository(), Long.parseLong(number)))
        .flatMap(github::pullRequest);
  }

  /** Brings what people pushed to the branch into the worktree, where no agent may work then. */
  void catchUp(Workplace place, Progress progress) {
    Job job = progress.job();
    Optional<Commit> head = place.mirror().branchHead(place.branch());
    Optional<Commit> known = known(place, job, head);
    if (head.isEmpty() || known.isEmpty()) {
      return;
    }
    conversations.end(job.id());
    List<String> conflicts = place.worktree().onto(known.get(), head.get()).conflicts();
    // Told first: what was held before it is held for another tree.
    progress.tell(
        MOVED,
        "Took over what people pushed to %s (%s)%s"
            .formatted(
                place.branch(),
                head.get().id().substring(0, 10),
                conflicts.isEmpty() ? "" : ", with %d conflicts".formatted(conflicts.size())));
    Effect push = store.plan(job.id(), Kind.PUSH, place.branch().value(), clock.instant());
    store.settle(push.as(State.DONE, Optional.of(head.get().id()), push.link()));
  }

  /** The commit that the files have in them, if the branch is at another one that people made. */
  private Optional<Commit> known(Workplace place, Job job, Optional<Commit> head) {
    Optional<Effect> push = push(place, job);
    Commit last = push.flatMap(Effect::externalId).map(Commit::new).orElse(place.worktree().base());
    if (head.isEmpty() || head.get().equals(last)) {
      return Optional.empty();
    }
    if (push.filter(effect -> effect.state() != State.DONE).isEmpty()) {
      return Optional.of(last);
    }
    // It was made, and whether it was pushed nobody knows: the branch says so.
    Mirror mirror = place.mirror();
    return mirror.isIn(head.get(), last)
        ? Optional.empty()
        : mirror.fork(last, head.get()).or(() -> Optional.of(place.worktree().base()));
  }

  private Optional<Effect> push(Workplace place, Job job) {
    return store.effects(job.id()).stream()
        .filter(effect -> effect.kind() == Kind.PUSH)
        .filter(effect -> effect.key().equals(place.branch().value()))
        .findFirst();
  }

  /** Has the agent settle what of its work and people's does not go together. */
  Answer settled(Implementer implementer, Workplace place, Progress progress, Answer before) {
    Optional<Commit> head =
        push(place, progress.job()).flatMap(Effect::externalId).map(Commit::new);
    List<String> paths = head.map(place.worktree()::unsettled).orElse(List.of());
    return paths.isEmpty() ? before : implementer.settle(head.get().id(), paths, before);
  }

  /** Whether people pushed after what is held was shown: then that is not what would be pushed. */
  boolean isOutdated(Job job) {
    List<String> kinds = store.events(job.id(), 0).stream().map(Event::kind).toList();
    return kinds.lastIndexOf(MOVED) > kinds.lastIndexOf("held");
  }

  /** Answers people, once it is known what came of the round. */
  Outcome ended(Outcome outcome, List<Reviewed> reviews, Workplace place, Progress progress) {
    Job job = progress.job();
    return switch (outcome) {
      case Outcome.Published published -> {
        Optional<Commit> commit = push(place, job).flatMap(Effect::externalId).map(Commit::new);
        answer(job, reviews, place.mirror(), commit);
        lastWords(job, reviews, commit, published.reason());
        yield published;
      }
      case Outcome.NoChange(String reason) -> unchanged(job, reviews, place, reason);
      case Outcome.Question _,
          Outcome.Answered _,
          Outcome.Held _,
          Outcome.Planned _,
          Outcome.LimitReached _ ->
          outcome;
    };
  }

  /** A round that changed nothing leaves the pull request as it was. */
  private Outcome unchanged(Job job, List<Reviewed> reviews, Workplace place, String reason) {
    Optional<PullRequest> pull = pullRequest(job).filter(_ -> isRound(job));
    if (pull.isEmpty()) {
      return new Outcome.NoChange(reason);
    }
    answer(job, reviews, place.mirror(), Optional.empty());
    lastWords(job, reviews, Optional.empty(), reason);
    return new Outcome.Published(pull.get().link(), pull.get().draft(), reason);
  }

  private void answer(Job job, List<Reviewed> reviews, Mirror mirror, Optional<Commit> commit) {
    for (Reviewed reviewed : reviews) {
      Set<Long> served = new LinkedHashSet<>();
      for (int i = 0; i < reviewed.remarks().size(); i++) {
        Remark remark = reviewed.remarks().get(i);
        boolean serves = isServed(reviewed, i, mirror, commit);
        Reply reply = reply(job, reviewed, i, serves, commit);
        boolean open = reply.state() != State.DONE || isOfThisRound(job, reviewed.review());
        if (serves && open) {
          served.add(remark.thread());
        }
      }
      resolve(reviewed.review().subject(), served);
    }
  }

  /** Only a commit that its writer had not seen serves a remark. */
  private static boolean isServed(
      Reviewed reviewed, int index, Mirror mirror, Optional<Commit> commit) {
    Remark remark = reviewed.remarks().get(index);
    return reviewed
            .answer(index)
            .filter(answer -> answer.did() == RemarkAnswer.Did.CHANGED)
            .isPresent()
        && commit.filter(made -> !mirror.isIn(made, new Commit(remark.commit()))).isPresent();
  }

  private Reply reply(
      Job job, Reviewed reviewed, int index, boolean served, Optional<Commit> commit) {
    Remark remark = reviewed.remarks().get(index);
    Subject subject = reviewed.review().subject();
    String key = "remark %s %d".formatted(subject, remark.comment());
    Optional<Reply> before = store.reply(key);
    if (before.isPresent()) {
      return before.get(); // nor is anything learnt from it again, which people may have corrected
    }
    Optional<Convention> candidate = learning.from(reviewed, index, key, commit);
    String said =
        reviewed
            .answer(index)
            .map(answer ->
                switch (answer.did()) {
                  case CHANGED ->
                      served
                          ? texts.done(commit.orElseThrow().id(), answer.text())
                          : texts.unserved(answer.text());
                  case DISAGREE -> texts.disagreed(answer.text());
                  case ANSWERED -> texts.answered(answer.text());
                })
            .orElseGet(texts::nothing);
    String body = said + candidate.map(one -> texts.candidate(one.rule())).orElse("");
    return store.reply(
        Reply.inThread(
            subject, remark.thread(), key, Optional.of(job.id()), body, clock.instant()));
  }

  private static boolean isOfThisRound(Job job, Mention mention) {
    return job.mandate().since().filter(since -> !mention.at().isBefore(since)).isPresent();
  }

  /** Where GitHub does not let knight do it, people do it themselves as they always did. */
  private void resolve(Subject subject, Set<Long> served) {
    if (served.isEmpty()) {
      return;
    }
    try {
      for (ReviewThread thread : github.threads(subject)) {
        if (!thread.resolved() && served.contains(thread.comment())) {
          github.resolve(thread);
        }
      }
    } catch (RefusedException | MisconfiguredException not) {
      LOG.infof("The threads of %s are not resolved: %s", subject, not.getMessage());
    }
  }

  /**
   * One for each person who was heard under the pull request, where the status comment is not. Who
   * was not goes on waiting.
   */
  private void lastWords(Job job, List<Reviewed> reviews, Optional<Commit> commit, String reason) {
    Map<Long, Mention> last = new LinkedHashMap<>();
    for (StoredMention stored : store.mentions(job.id())) {
      Mention mention = stored.mention();
      boolean there = mention.source().isOnGitHub() && !mention.subject().equals(job.subject());
      if (there && stored.delivered()) {
        last.put(mention.author().id(), mention);
      }
    }
    Instant now = clock.instant();
    for (Mention mention : last.values()) {
      String body = word(job, reviews, mention, commit, reason);
      String key = "round " + mention.nodeId();
      Reply _ = store.reply(Reply.in(mention.subject(), key, Optional.of(job.id()), body, now));
    }
  }

  private String word(
      Job job, List<Reviewed> reviews, Mention mention, Optional<Commit> commit, String reason) {
    List<Reviewed> own =
        reviews.stream()
            .filter(reviewed -> reviewed.review().author().equals(mention.author()))
            .filter(reviewed -> isOfThisRound(job, reviewed.review()))
            .toList();
    int remarks = own.stream().mapToInt(reviewed -> reviewed.remarks().size()).sum();
    return texts.last(
        mention.author().login(),
        remarks,
        count(own, RemarkAnswer.Did.CHANGED),
        count(own, RemarkAnswer.Did.DISAGREE),
        commit.map(Commit::id),
        reason);
  }

  private static int count(List<Reviewed> reviews, RemarkAnswer.Did did) {
    int count = 0;
    for (Reviewed reviewed : reviews) {
      for (int i = 0; i < reviewed.remarks().size(); i++) {
        count += reviewed.answer(i).filter(answer -> answer.did() == did).isPresent() ? 1 : 0;
      }
    }
    return count;
  }
}
