package dev.knight.attempt;

import dev.knight.agent.SessionRequest.Tools;
import dev.knight.git.Commit;
import dev.knight.hygiene.Sanitized;
import dev.knight.hygiene.Sanitizer;
import dev.knight.job.Job;
import dev.knight.job.JobKind;
import dev.knight.job.JobStore;
import dev.knight.job.Mention;
import dev.knight.job.Order;
import dev.knight.job.Reply;
import dev.knight.job.Step;
import dev.knight.job.StoredMention;
import dev.knight.publish.OutgoingText;
import dev.knight.publish.PullReview;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Jobs that change nothing: a question is answered, somebody's pull request is reviewed. The agent
 * can read and nothing else, none of the repository's commands is run, and nothing is ever pushed.
 */
@Singleton
final class Inquiry {
  /** What a model reads with care; the rest it finds in the files. */
  private static final int DIFF_BYTES = 100_000;

  /** What of a change is looked through for the lines that a review can stand on. */
  private static final int ALL_BYTES = 4_000_000;

  /** Longer answers are not read, and fit no comment. */
  private static final int LONGEST = 7_000;

  private final Conversations conversations;
  private final Prompts prompts;
  private final AttemptSettings settings;
  private final PullReview reviews;
  private final OutgoingText outgoing;
  private final JobStore store;
  private final InstantSource clock;

  Inquiry(
      Conversations conversations,
      Prompts prompts,
      AttemptSettings settings,
      PullReview reviews,
      OutgoingText outgoing,
      JobStore store,
      InstantSource clock) {
    this.conversations = conversations;
    this.prompts = prompts;
    this.settings = settings;
    this.reviews = reviews;
    this.outgoing = outgoing;
    this.store = store;
    this.clock = clock;
  }

  /** Whether {@code job} is one. */
  static boolean isOne(Job job) {
    return switch (job.kind()) {
      case IMPLEMENT -> false;
      case REVIEW, ASK -> true;
    };
  }

  /** Runs the job to its outcome. */
  Outcome run(Workplace place, Overseer overseer, Progress progress) {
    progress.enter(Step.REVIEW);
    return progress.job().kind() == JobKind.REVIEW
        ? review(place, overseer, progress)
        : answer(place, overseer, progress);
  }

  private Outcome answer(Workplace place, Overseer overseer, Progress progress) {
    List<String> answers = new ArrayList<>();
    try (Conversation conversation =
        conversations.open(
            progress.job().id().toString(),
            place,
            Tools.READ_ONLY,
            settings.model(),
            overseer,
            progress)) {
      progress.tell("prompt", "Asked the agent the question");
      Mention first = place.brief().request();
      answers.add(said(conversation.ask(key(first), prompts.ask(place.brief()))));
      store.delivered(List.of(first.nodeId()));
      for (Mention next : further(progress.job(), first)) {
        answers.add(asked(conversation, next, progress));
      }
    }
    return new Outcome.Answered(String.join("\n\n---\n\n", answers));
  }

  /** What else the job is asked; whatever else was added to it gets a job of its own. */
  private List<Mention> further(Job job, Mention first) {
    return store.mentions(job.id()).stream()
        .map(StoredMention::mention)
        .filter(mention -> mention.order() == Order.ASK)
        .filter(mention -> !mention.nodeId().equals(first.nodeId()))
        .toList();
  }

  private String asked(Conversation conversation, Mention question, Progress progress) {
    Sanitized words = new Sanitizer().markdown(question.text());
    progress.tell("prompt", "Asked the agent what %s asks".formatted(question.author().login()));
    String said = conversation.ask(key(question), prompts.askAside(question, words.text()));
    store.delivered(List.of(question.nodeId()));
    return said(said);
  }

  /** Asks the agent of another job, in the middle of it, and answers in a reply. */
  void aside(Conversation conversation, Mention question, Progress progress) {
    String answer = outgoing.markdown(asked(conversation, question, progress), LONGEST);
    store.reply(
        Reply.in(
            question.subject(),
            key(question),
            Optional.of(progress.job().id()),
            "@%s:\n\n%s".formatted(question.author().login(), answer),
            clock.instant()));
  }

  /** Asks all that was asked beside the job: what is answered already costs nothing. */
  void asides(Conversation conversation, Progress progress) {
    store.mentions(progress.job().id()).stream()
        .map(StoredMention::mention)
        .filter(mention -> mention.order() == Order.ASK)
        .toList()
        .forEach(question -> aside(conversation, question, progress));
  }

  private static String key(Mention question) {
    return "ask " + question.nodeId();
  }

  /** The message, without the block that belongs to other questions. */
  private static String said(String message) {
    ClosingBlock block = ClosingBlock.of(message);
    boolean closes = block.json().filter(json -> json.has("outcome")).isPresent();
    String text = (closes ? block.before() : message).strip();
    if (text.isEmpty()) {
      return "The agent had no answer.";
    }
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  private Outcome review(Workplace place, Overseer overseer, Progress progress) {
    Commit head = place.worktree().base();
    Commit fork = place.mirror().fork(head, place.base());
    String diff = place.mirror().diff(fork, head, DIFF_BYTES);
    if (diff.isBlank()) {
      return new Outcome.Answered("There is nothing to review: it changes nothing.");
    }
    Optional<Judgement> judgement = judgement(place, head, diff, overseer, progress);
    if (judgement.isEmpty()) {
      return new Outcome.NoChange("The agent gave no verdict in the form that it was asked for.");
    }
    PullReview.Posted posted =
        reviews.post(
            progress.job(),
            head.id(),
            judgement.get().approved(),
            judgement.get().findings(),
            place.mirror().diff(fork, head, ALL_BYTES),
            place.brief().request());
    progress.tell("effect", "Review " + posted.link());
    return new Outcome.Answered(posted.sentence());
  }

  private Optional<Judgement> judgement(
      Workplace place, Commit head, String diff, Overseer overseer, Progress progress) {
    Brief brief = place.brief();
    String short12 = head.id().substring(0, 12);
    try (Conversation conversation =
        conversations.open(
            progress.job().id().toString(),
            place,
            Tools.READ_ONLY,
            settings.reviewModel(),
            overseer,
            progress)) {
      progress.tell("prompt", "Asked the agent for a review of " + short12);
      boolean cut = diff.length() >= DIFF_BYTES;
      String said = conversation.ask("review " + short12, prompts.reviewPull(brief, diff, cut));
      Optional<Judgement> judgement =
          Judgement.of(said)
              .or(() -> Judgement.of(conversation.ask("again " + short12, prompts.reviewAgain())));
      store.delivered(List.of(brief.request().nodeId()));
      return judgement;
    }
  }
}
