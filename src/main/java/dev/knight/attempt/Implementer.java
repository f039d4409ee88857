package dev.knight.attempt;

import dev.knight.hygiene.Removed;
import dev.knight.hygiene.Sanitized;
import dev.knight.hygiene.Sanitizer;
import dev.knight.job.Convention;
import dev.knight.job.JobStore;
import dev.knight.job.Mention;
import dev.knight.job.Order;
import dev.knight.job.Plan;
import dev.knight.job.Remark;
import dev.knight.job.StoredMention;
import dev.knight.publish.Check;
import dev.knight.publish.CommitStyle;
import dev.knight.publish.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The session that changes the code. What it says last is about the whole task. */
final class Implementer implements AutoCloseable {
  /** Nobody reads a longer proposal. */
  private static final int SPLIT = 2_000;

  private final Conversation conversation;
  private final Steering steering;
  private final Inquiry inquiry;
  private final Assumed assumed;
  private final Prompts prompts;
  private final Sanitizer sanitizer = new Sanitizer();
  private final JobStore store;
  private final Progress progress;
  private List<Convention> conventions = List.of();
  private final List<Reviewed> reviewed = new ArrayList<>();

  Implementer(
      Conversation conversation,
      Steering steering,
      Inquiry inquiry,
      Assumed assumed,
      Prompts prompts,
      JobStore store,
      Progress progress) {
    this.conversation = conversation;
    this.steering = steering;
    this.inquiry = inquiry;
    this.assumed = assumed;
    this.prompts = prompts;
    this.store = store;
    this.progress = progress;
  }

  /** Asks for the task itself. */
  Answer implement(Brief brief, RepositoryConfig config, CommitStyle style) {
    Mention request = brief.request();
    conventions = brief.conventions();
    progress.tell("prompt", "Asked the agent to implement it");
    tell(brief.removed());
    Answer answer = told(key(request), prompts.implement(brief, config, plan(), style), request);
    List<Remark> remarks = store.remarks(request.nodeId());
    return remarks.isEmpty() ? answer : review("remarks " + request.nodeId(), request, remarks);
  }

  /** What the journal calls the task that {@code request} asks for. */
  static String key(Mention request) {
    return "implement " + request.nodeId();
  }

  private Plan plan() {
    return progress.job().mandate().plan();
  }

  /**
   * Whether it has heard {@code later} while it worked, or when it planned, so that it need not be
   * told.
   */
  boolean hasHeard(StoredMention later) {
    if (steering.has(later)) {
      return true;
    }
    if (!hasPlanned(later)) {
      return false;
    }
    if (!later.delivered()) {
      store.delivered(List.of(later.mention().nodeId()));
    }
    return true;
  }

  /** Who agreed to the plan was delivered with it; who says "go" later means something else. */
  private boolean hasPlanned(StoredMention later) {
    Mention mention = later.mention();
    boolean agreed =
        plan() instanceof Plan.Approved && later.delivered() && mention.order() == Order.GO;
    return conversation.wasAsked(Planner.key(mention))
        || (agreed && !conversation.wasAsked(Steering.key(mention)));
  }

  /**
   * Tells it in passing, once for each key, that another job changes {@code paths} as well; what
   * does not reach it is let go.
   */
  void clash(String key, String paths) {
    steering.hint(key, prompts.clash(paths));
  }

  /**
   * Tells of a mention that came later. A mere question is answered where it was asked, and changes
   * nothing about {@code before}, which the agent said last.
   */
  Answer more(StoredMention later, Answer before) {
    Mention mention = later.mention();
    if (mention.order() == Order.ASK) {
      inquiry.aside(conversation, mention, progress);
      return before;
    }
    if (BaseMoved.isOne(mention)) {
      store.delivered(List.of(mention.nodeId())); // what it asks for is done before publishing
      return before;
    }
    List<Remark> remarks = store.remarks(mention.nodeId());
    if (!remarks.isEmpty()) {
      return review(Steering.key(mention), mention, remarks);
    }
    boolean red = CheckRules.isRed(mention);
    String who = red ? "the checks on GitHub" : mention.author().login();
    progress.tell("prompt", "Told the agent what %s added".formatted(who));
    Sanitized words = red ? sanitizer.plain(mention.text()) : sanitizer.markdown(mention.text());
    tell(words.removed());
    Optional<Answer> answered =
        mention.source() == Mention.Source.WATCH
            ? Optional.empty() // no person's word on what was assumed
            : assumed.answered(later, words.text(), before);
    if (answered.isPresent()) {
      store.delivered(List.of(mention.nodeId()));
      return answered.get();
    }
    return told(Steering.key(mention), prompts.more(mention, words.text()), mention);
  }

  /**
   * Asks how the change of {@code tree} could be made in parts, since that is wanted: {@code why}.
   *
   * @return what it says, for people; empty if a limit is in the way
   */
  String split(String tree, String why) {
    progress.tell(Sizes.ASKED, "Asked the agent how the change could be split");
    try {
      String said = ClosingBlock.of(conversation.ask("split " + tree, prompts.split(why))).before();
      return said.substring(0, Math.min(SPLIT, said.length()));
    } catch (LimitReachedException _) {
      return ""; // A person is asked all the same, and has the limit before them.
    }
  }

  private Answer review(String key, Mention mention, List<Remark> remarks) {
    progress.tell(
        "prompt",
        "Told the agent of %d remarks of %s".formatted(remarks.size(), mention.author().login()));
    Sanitized words = sanitizer.markdown(whole(mention, remarks));
    List<Sanitized> lines =
        remarks.stream().map(remark -> sanitizer.markdown(remark.text())).toList();
    tell(lines.stream().map(Sanitized::removed).reduce(words.removed(), Removed::and));
    String said =
        ask(
            key,
            prompts.reviewRemarks(
                mention,
                words.text(),
                remarks,
                lines.stream().map(Sanitized::text).toList(),
                conventions));
    store.delivered(List.of(mention.nodeId()));
    reviewed.add(new Reviewed(mention, remarks, RemarkAnswer.of(said), RemarkRule.of(said)));
    return assumed.goOn(key, Answer.of(said));
  }

  /** What it says beside its remarks; a lone comment says nothing more. */
  private static String whole(Mention mention, List<Remark> remarks) {
    boolean lone = remarks.size() == 1 && remarks.getFirst().text().equals(mention.text());
    return lone ? "" : mention.text();
  }

  /** The reviews that it was told of, in this run or an earlier one. */
  List<Reviewed> reviewed() {
    return List.copyOf(reviewed);
  }

  /**
   * Has it settle the conflicts at {@code paths} with what people pushed, up to {@code head}.
   *
   * @param before what it said last, which still counts if it has settled them before that
   */
  Answer settle(String head, List<String> paths, Answer before) {
    progress.tell("prompt", "Gave the agent %d conflicts to settle".formatted(paths.size()));
    return latest("settle " + head, prompts.settle(paths), before);
  }

  /**
   * Has it settle what of its work and of what others did on the base does not go together.
   *
   * @param before as for {@link #settle}
   */
  Answer settleBase(String head, List<String> paths, Answer before) {
    progress.tell(
        "prompt", "Gave the agent %d conflicts with the base to settle".formatted(paths.size()));
    return latest("settle base " + head, prompts.settleBase(paths), before);
  }

  private Answer latest(String key, String prompt, Answer before) {
    Answer answer = answer(key, prompt);
    return assumed.isLatest(key) ? answer : before;
  }

  /** Asks once more, since nothing has changed. */
  Answer again(String tree) {
    progress.tell("prompt", "Asked the agent again, since no file had changed");
    return answer("again " + tree, prompts.again());
  }

  /** Gives back what the review of {@code tree} found. */
  Answer mendReview(String tree, List<Finding> findings) {
    progress.tell("prompt", "Gave the agent %d findings of the review".formatted(findings.size()));
    return answer("mend-review " + tree, prompts.mendReview(findings));
  }

  /** Gives back the checks that failed on {@code tree}. */
  Answer mendVerify(String tree, List<Check> failed) {
    progress.tell("prompt", "Gave the agent %d failed checks".formatted(failed.size()));
    return answer("mend-verify " + tree, prompts.mendVerify(failed));
  }

  @Override
  public void close() {
    steering.close();
    conversation.close();
  }

  private void tell(Removed removed) {
    if (!removed.isNothing()) {
      progress.tell("sanitized", "Left out of what the agent reads: " + removed);
    }
  }

  private Answer answer(String key, String prompt) {
    return assumed.goOn(key, Answer.of(ask(key, prompt)));
  }

  private Answer told(String key, String prompt, Mention mention) {
    Answer answer = Answer.of(ask(key, prompt));
    store.delivered(List.of(mention.nodeId()));
    return assumed.goOn(key, answer);
  }

  private String ask(String key, String prompt) {
    String said = conversation.ask(key, prompt);
    steering.settle();
    return said;
  }
}
