package dev.knight.attempt;

import dev.knight.git.Author;
import dev.knight.git.Snapshot;
import dev.knight.job.Assumption;
import dev.knight.job.Assumption.Fate;
import dev.knight.job.Assumption.Point;
import dev.knight.job.JobId;
import dev.knight.job.JobStore;
import dev.knight.job.Mention;
import dev.knight.job.Order;
import dev.knight.job.RefusedException;
import dev.knight.job.Step;
import dev.knight.job.StoredMention;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Questions that block nobody: the agent goes on with what it would assume, and goes back to where
 * it asked if somebody says otherwise. What was done already is found in the conversation's
 * journal, so a restart changes nothing.
 */
final class Assumed {
  /** Who asks on and on is not going to end by itself. */
  private static final int MOST_IN_A_ROW = 3;

  private static final String GO_ON = "assume ";
  private static final Author HERE = new Author("knight", "knight@localhost");

  private final Conversation conversation;
  private final Prompts prompts;
  private final JobStore store;
  private final Progress progress;
  private final Workplace place;
  private final Questions manner;

  Assumed(
      Conversation conversation,
      Prompts prompts,
      JobStore store,
      Progress progress,
      Workplace place,
      Questions manner) {
    this.conversation = conversation;
    this.prompts = prompts;
    this.store = store;
    this.progress = progress;
    this.place = place;
    this.manner = manner;
  }

  /**
   * Has the agent go on if {@code answer}, which it gave to the prompt {@code key}, asks what need
   * not be waited for.
   *
   * @return what it says in the end; still a question if somebody has to answer
   */
  Answer goOn(String key, Answer answer) {
    String next = GO_ON + key;
    if (conversation.wasAsked(next)) {
      return wentOn(next, answer);
    }
    boolean said = !conversation.isLatest(key) || isAddedTo();
    if (answer.questions().isEmpty() || said) {
      return answer;
    }
    if (manner == Questions.WAIT
        || blocks(answer)
        || next.startsWith(GO_ON.repeat(MOST_IN_A_ROW + 1))) {
      return answer.asking();
    }
    assume(key, answer);
    return answer.asks() ? wentOn(next, answer) : answer;
  }

  /** Whether nothing was asked after {@code key} but to go on with it, or with what it assumes. */
  boolean isLatest(String key) {
    String latest = key;
    for (int times = 0; times <= MOST_IN_A_ROW; times++) {
      if (conversation.isLatest(latest)) {
        return true;
      }
      latest = GO_ON + latest;
    }
    return false;
  }

  private Answer wentOn(String next, Answer answer) {
    progress.enter(Step.IMPLEMENT);
    return goOn(next, Answer.of(conversation.ask(next, prompts.assume(answer.questions()))));
  }

  private static boolean blocks(Answer answer) {
    return !answer.questions().stream().allMatch(Asked::blocksNobody);
  }

  /** Somebody has said something that the agent does not know yet; it may be the answer. */
  private boolean isAddedTo() {
    return store.mentions(job()).stream()
        .anyMatch(mention -> !mention.delivered() && isAnAddition(mention.mention().order()));
  }

  /** Who asks something or wants a review says nothing about the task. */
  private static boolean isAnAddition(Order order) {
    return switch (order) {
      case ASK, REVIEW -> false;
      case DO, PLAN, GO, RETRY, STATUS, HELP, STOP -> true;
    };
  }

  /** Notes what is assumed, before the agent is told to go on. */
  private void assume(String key, Answer answer) {
    List<Assumption> before = store.assumptions(job());
    if (before.stream().anyMatch(one -> one.key().equals(key))) {
      return;
    }
    Set<String> known = before.stream().map(Assumption::question).collect(Collectors.toSet());
    Optional<Point> point = answer.asks() ? point() : Optional.empty();
    List<Assumption> made = new ArrayList<>();
    for (Asked asked : answer.questions()) {
      if (!known.contains(asked.text())) {
        int number = before.size() + made.size() + 1;
        made.add(new Assumption(number, key, asked.text(), asked.assumed(), point, Fate.OPEN));
      }
    }
    store.assume(job(), made);
    made.forEach(one ->
        progress.tell(
            "assumed",
            "%d. %s Went on with: %s".formatted(one.number(), one.question(), one.assumed())));
  }

  /** Files that nobody publishes are nothing to go back to. */
  private Optional<Point> point() {
    Optional<String> entry = conversation.point();
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    try {
      Snapshot now = place.worktree().snapshot();
      place.worktree().keep(now, HERE, progress.job().createdAt(), "Where the agent asked\n");
      return Optional.of(new Point(now.tree(), entry.get()));
    } catch (RefusedException _) {
      return Optional.empty();
    }
  }

  /**
   * Tells of {@code later}, which says {@code words}, if it can be an answer to what is assumed.
   *
   * @param before what the agent said last
   * @return what it says then; empty if the words are to be told as any others
   */
  Optional<Answer> answered(StoredMention later, String words, Answer before) {
    Mention mention = later.mention();
    String key = "weigh " + mention.nodeId();
    List<Assumption> held = store.assumptions(job()).stream().filter(Assumption::holds).toList();
    boolean told = conversation.wasAsked("more " + mention.nodeId());
    if (!conversation.wasAsked(key) && (told || held.isEmpty())) {
      return Optional.empty();
    }
    Weighed weighed = Weighed.of(conversation.ask(key, prompts.weigh(mention, words, held)));
    if (weighed.differs().isEmpty()) {
      return confirmed(mention, weighed, before);
    }
    return redone(mention, words, weighed);
  }

  private Optional<Answer> confirmed(Mention mention, Weighed weighed, Answer before) {
    List<Assumption> same =
        store.assumptions(job()).stream()
            .filter(one -> one.fate() == Fate.OPEN && weighed.confirms().contains(one.number()))
            .map(one -> one.as(Fate.CONFIRMED))
            .toList();
    if (!same.isEmpty()) {
      store.assume(job(), same);
      progress.tell(
          "confirmed", "%s agrees with what was assumed".formatted(mention.author().login()));
    }
    return weighed.more() ? Optional.empty() : Optional.of(before);
  }

  private Optional<Answer> redone(Mention mention, String words, Weighed weighed) {
    List<Assumption> all = store.assumptions(job());
    List<Assumption> changed =
        all.stream().filter(one -> weighed.differs().contains(one.number())).toList();
    if (changed.isEmpty()) {
      return Optional.empty();
    }
    Optional<Assumption> from = changed.stream().filter(one -> one.point().isPresent()).findFirst();
    String key = "redo " + mention.nodeId();
    boolean back = from.isPresent() && !place.worktree().isMoved();
    if (!conversation.wasAsked(key)) {
      // Once it is asked the files are the agent's again, and nothing is set back any more.
      back = from.flatMap(Assumption::point).filter(this::wentBack).isPresent();
      settle(all, changed, back ? from : Optional.empty());
      progress.tell(
          "redo",
          "%s says otherwise than was assumed: %s"
              .formatted(
                  mention.author().login(),
                  back ? "went back to where it was asked" : "told the agent"));
    }
    progress.enter(Step.IMPLEMENT);
    List<Assumption> still = store.assumptions(job()).stream().filter(Assumption::holds).toList();
    String prompt = prompts.redo(mention, words, changed, still, back);
    Answer answer = Answer.of(conversation.ask(key, prompt));
    store.delivered(List.of(mention.nodeId()));
    return Optional.of(goOn(key, answer));
  }

  /**
   * The agent ends first, since nothing may work on the files that are set back. What people have
   * pushed meanwhile is not taken away again.
   */
  private boolean wentBack(Point point) {
    if (place.worktree().isMoved() || !conversation.goBack(point.entry())) {
      return false;
    }
    place.worktree().setBack(point.tree());
    return true;
  }

  private void settle(List<Assumption> all, List<Assumption> changed, Optional<Assumption> from) {
    List<Assumption> settled = new ArrayList<>();
    for (Assumption one : all) {
      if (changed.contains(one)) {
        settled.add(one.as(Fate.CHANGED));
      } else if (from.filter(point -> isLater(one, point)).isPresent()) {
        settled.add(one.as(Fate.VOID));
      }
    }
    store.assume(job(), settled);
  }

  /** What was asked in the same breath still holds. */
  private static boolean isLater(Assumption one, Assumption point) {
    return one.number() > point.number() && !one.key().equals(point.key()) && one.holds();
  }

  private JobId job() {
    return progress.job().id();
  }
}
