package dev.knight.attempt;

import dev.knight.agent.SessionRequest.Model;
import dev.knight.agent.SessionRequest.Tools;
import dev.knight.hygiene.Removed;
import dev.knight.hygiene.Sanitized;
import dev.knight.hygiene.Sanitizer;
import dev.knight.job.Job;
import dev.knight.job.JobKind;
import dev.knight.job.JobStore;
import dev.knight.job.Mention;
import dev.knight.job.Plan;
import dev.knight.job.RefusedException;
import dev.knight.job.Spent;
import dev.knight.job.Step;
import dev.knight.job.StoredMention;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Has a plan made, where one is wanted, until a person agrees to it. It is made in the conversation
 * that implements later, so that nothing is read twice; but until then its agent can only read, and
 * sees the files where nothing can be written to them.
 */
@Singleton
final class Planner {
  /** A plan that takes more is none: nobody reads it. */
  private static final int LONGEST = 6_500;

  private final Conversations conversations;
  private final Prompts prompts;
  private final Model model;
  private final JobStore store;
  private final Inquiry inquiry;
  private final Sanitizer sanitizer = new Sanitizer();

  Planner(
      Conversations conversations,
      Prompts prompts,
      AttemptSettings settings,
      JobStore store,
      Inquiry inquiry) {
    this.conversations = conversations;
    this.prompts = prompts;
    this.model = settings.model();
    this.store = store;
    this.inquiry = inquiry;
  }

  /** The plan that a person has to agree to first; empty if the work may begin. */
  Optional<Outcome> plan(Workplace place, Overseer overseer, Progress progress) {
    Job job = progress.job();
    boolean first =
        switch (job.mandate().plan()) {
          case Plan.None _ -> isWanted(place, job);
          case Plan.Wanted _, Plan.Proposed _ -> true;
          case Plan.Approved _ -> false;
        };
    return first ? made(place, overseer, progress) : Optional.empty();
  }

  /** A job that goes on with what it had done is no new task. */
  private static boolean isWanted(Workplace place, Job job) {
    return job.kind() == JobKind.IMPLEMENT
        && job.mandate().before().equals(Spent.NOTHING)
        && place.config().planning().isFor(place.brief().labels());
  }

  private Optional<Outcome> made(Workplace place, Overseer overseer, Progress progress) {
    progress.enter(Step.PLAN);
    try (Conversation conversation =
        conversations.open(
            progress.job().id().toString(), place, Tools.READ_ONLY, model, overseer, progress)) {
      if (conversation.wasAsked(Implementer.key(place.brief().request()))) {
        return Optional.empty(); // somebody wants a plan of what is begun already
      }
      String plan = plan(place, conversation, progress);
      inquiry.asides(conversation, progress);
      String price = Estimate.sentence(store.jobs(Estimate.LOOK_BACK), progress.job(), place);
      return Optional.of(new Outcome.Planned(plan + "\n\n" + price));
    } catch (LimitReachedException limit) {
      return Optional.of(
          new Outcome.LimitReached(Unfinished.sentence(limit, progress.job(), place)));
    }
  }

  /** The first plan, and each that a person wanted instead: what was made before is not asked. */
  private String plan(Workplace place, Conversation conversation, Progress progress) {
    Mention request = place.brief().request();
    progress.tell("prompt", "Asked the agent for a plan");
    tell(place.brief().removed(), progress);
    String plan =
        conversation.ask("plan " + request.nodeId(), prompts.plan(place.brief(), place.config()));
    store.delivered(List.of(request.nodeId()));
    Set<String> heard = new HashSet<>();
    for (Optional<Mention> next = next(heard, progress);
        next.isPresent();
        next = next(heard, progress)) {
      heard.add(next.get().nodeId());
      plan = revised(next.get(), conversation, progress);
    }
    return readable(plan);
  }

  /** What somebody said of the plan; who agrees, or asks beside it, says nothing to change it. */
  private Optional<Mention> next(Set<String> heard, Progress progress) {
    return store.mentions(progress.job().id()).stream()
        .skip(1)
        .map(StoredMention::mention)
        .filter(Planner::isOfThePlan)
        .filter(later -> !heard.contains(later.nodeId()))
        .findFirst();
  }

  private static boolean isOfThePlan(Mention later) {
    return switch (later.order()) {
      case GO, ASK, REVIEW -> false;
      case DO, PLAN, RETRY, STATUS, HELP, STOP -> true;
    };
  }

  private String revised(Mention mention, Conversation conversation, Progress progress) {
    progress.tell(
        "prompt", "Told the agent what %s says of its plan".formatted(mention.author().login()));
    Sanitized words = sanitizer.markdown(mention.text());
    tell(words.removed(), progress);
    String next = conversation.ask(key(mention), prompts.planRevise(mention, words.text()));
    store.delivered(List.of(mention.nodeId()));
    return next;
  }

  /** What the journal calls the plan that {@code mention} wanted. */
  static String key(Mention mention) {
    return "plan-revise " + mention.nodeId();
  }

  private static void tell(Removed removed, Progress progress) {
    if (!removed.isNothing()) {
      progress.tell("sanitized", "Left out of what the agent reads: " + removed);
    }
  }

  /** What a person can read of it. */
  private static String readable(String message) {
    String plan = message.strip();
    if (plan.isBlank()) {
      throw new RefusedException("The agent was asked for a plan, and gave none.");
    }
    return plan.length() <= LONGEST
        ? plan
        : plan.substring(0, plan.offsetByCodePoints(0, plan.codePointCount(0, LONGEST) - 1)) + "…";
  }
}
