package dev.knight.publish;

import dev.knight.job.Assumption;
import dev.knight.job.Clash;
import dev.knight.job.Control;
import dev.knight.job.Event;
import dev.knight.job.Hold;
import dev.knight.job.Job;
import dev.knight.job.JobState;
import dev.knight.job.JobState.Answered;
import dev.knight.job.JobState.Done;
import dev.knight.job.JobState.Failed;
import dev.knight.job.JobState.NeedsYou;
import dev.knight.job.JobState.NoChange;
import dev.knight.job.JobState.Queued;
import dev.knight.job.JobState.Retrying;
import dev.knight.job.JobState.Running;
import dev.knight.job.JobState.Stopped;
import dev.knight.job.Plan;
import dev.knight.job.RefusedHost;
import dev.knight.job.Step;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The status comment of a job: a projection of the store, and nothing that the store does not say.
 */
final class StatusText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int LIMIT = 8_000;
  private static final int LINE = 300;
  private static final int PERSON = 100;

  private final OutgoingText outgoing;
  private final AssumedText assumed;
  private final RefusalText refusals;
  private final PublishSettings settings;

  StatusText(OutgoingText outgoing, PublishSettings settings) {
    this.outgoing = outgoing;
    this.assumed = new AssumedText(outgoing);
    this.refusals = new RefusalText(outgoing);
    this.settings = settings;
  }

  /**
   * The comment's body for {@code job}, ending with {@code marker}.
   *
   * @param assumptions what its agent ever assumed
   * @param story the job's: what it was kept from, what it comes in the way of, and the checks
   */
  String of(Job job, List<Assumption> assumptions, List<Event> story, Marker marker) {
    return body(job)
        + agreed(job)
        + assumed.paragraph(job, assumptions).map(text -> "\n\n" + text).orElse("")
        + checks(job, story)
        + clashes(job, Clash.in(story))
        + (isRead(job) ? refused(story) : "")
        + (job.state() instanceof Queued ? "" : settings.warning())
        + "\n\n<sub>knight · job "
        + job.id()
        + cost(job)
        + controls(job)
        + "</sub>\n"
        + marker.text();
  }

  /** How the checks on GitHub stand. */
  private String checks(Job job, List<Event> story) {
    return job.isFinished() ? CheckLine.in(story).map(line -> "\n\n" + said(line)).orElse("") : "";
  }

  private String refused(List<Event> story) {
    return refusals.paragraph(RefusedHost.in(story)).map(text -> "\n\n" + text).orElse("");
  }

  /** Told while something can be done about it. */
  private String clashes(Job job, List<Clash> clashes) {
    return switch (job.state()) {
      case Running _, Done _ ->
          clashes.stream()
              .map(clash ->
                  "\n\nJob %s, for #%d, changes the same lines (%s): whichever is merged second will conflict."
                      .formatted(clash.other(), clash.issue(), outgoing.line(clash.paths(), LINE)))
              .collect(Collectors.joining());
      case Queued _, Retrying _, NeedsYou _, Answered _, NoChange _, Failed _, Stopped _ -> "";
    };
  }

  /** While it is at work the comment is glanced at; what has to be read comes when it waits. */
  private static boolean isRead(Job job) {
    return switch (job.state()) {
      case NeedsYou _, Done _, Answered _, NoChange _, Failed _, Stopped _ -> true;
      case Queued _, Running _, Retrying _ -> false;
    };
  }

  private String body(Job job) {
    return switch (job.state()) {
      case Queued _ -> "I am on it, as soon as a worker is free.";
      case Running _ when isReading(job) -> "I am looking into it." + again(job);
      case Running(_, Step step) -> "I am on it.\n\n" + steps(job, step) + again(job);
      case Retrying(var dueAt, String reason) ->
          said(reason) + "\n\nI try again at " + TIME.format(dueAt) + ".";
      case NeedsYou(String question) when job.isHeld() -> held(job, question);
      case NeedsYou(String plan) when job.isPlanned() -> planned(job, plan);
      case NeedsYou(String question) ->
          tag(job)
              + ", I need an answer before I can go on:\n\n"
              + quote(question)
              + "\n\nReply with a comment that mentions me.";
      case Done(var pullRequest, boolean draft, String reason) ->
          tag(job)
              + (draft ? ", here is a draft: " : ", done: ")
              + pullRequest
              + "\n\n"
              + said(reason);
      case Answered(String reason) -> tag(job) + ":\n\n" + said(reason);
      case NoChange(String reason) -> tag(job) + ", nothing had to change.\n\n" + said(reason);
      case Failed(String reason, var branch, _) ->
          tag(job) + ", I could not do this.\n\n" + said(reason) + kept(job, branch);
      case Stopped(String reason, var branch) ->
          tag(job) + ", I have stopped. " + said(reason) + kept(job, branch);
    };
  }

  /** What a person has to see, and how to let it through. The marker of a tree is its name. */
  private String held(Job job, String question) {
    String diff =
        job.hold()
            .map(Hold::diff)
            .filter(text -> !text.isBlank())
            .map(text ->
                "\n\n<details><summary>What is held</summary>\n\n%s\n\n</details>"
                    .formatted(outgoing.block(text, LIMIT)))
            .orElse("");
    return tag(job)
        + ", I have made a change, and a person has to see it before I push any of it.\n\n"
        + said(question)
        + diff
        + "\n\nA 👍 on this comment by somebody who may command me lets exactly this through."
        + " To have it done otherwise, reply with a comment that mentions me.";
  }

  /** A plan is named by its words, so that nobody agrees to another one than they have read. */
  private String planned(Job job, String plan) {
    String mark =
        job.mandate().plan() instanceof Plan.Proposed proposed
            ? " `%s`".formatted(proposed.mark())
            : "";
    return tag(job)
        + ", this is what I would do (plan%s). Nothing is changed yet, and to wait costs nothing.\n\n"
            .formatted(mark)
        + said(plan)
        + "\n\nA 🚀 on this comment by somebody who may command me, or a comment that tells me `go`,"
        + " starts it. To have it otherwise, reply with a comment that mentions me.";
  }

  /** What was agreed to stays at hand, and out of the way. */
  private String agreed(Job job) {
    return job.mandate().plan() instanceof Plan.Approved(String plan, String by)
        ? "\n\n<details><summary>The plan that %s agreed to</summary>\n\n%s\n\n</details>"
            .formatted(outgoing.line(by, PERSON), said(plan))
        : "";
  }

  /** What a reaction does just now. */
  private static String controls(Job job) {
    return job.controls().stream()
        .map(control -> " · " + words(control))
        .collect(Collectors.joining());
  }

  private static String words(Control control) {
    return switch (control) {
      case STOP -> "👎 stops me";
      case ACCOUNT -> "😕 asks what I am doing";
      case RELEASE -> "👍 lets this through";
      case APPROVE -> "🚀 starts this plan";
      case EXTEND -> "🚀 gives me the same budget once more";
    };
  }

  /** Where the work lies; the branch is not on GitHub, since nobody has looked at it. */
  private static String kept(Job job, Optional<String> branch) {
    String mirror = "mirrors/" + job.subject().repository().key() + ".git";
    return branch
        .map(name ->
            "\n\nWhat was made is kept: branch `%s` of `%s` in knight's home, for `git fetch`."
                .formatted(name, mirror))
        .orElse("");
  }

  private static boolean isReading(Job job) {
    return switch (job.kind()) {
      case REVIEW, ASK -> true;
      case IMPLEMENT -> false;
    };
  }

  private static String steps(Job job, Step now) {
    return job.steps().stream().map(step -> line(step, now)).collect(Collectors.joining("\n"));
  }

  private static String line(Step step, Step now) {
    int order = step.compareTo(now);
    if (order < 0) {
      return "- [x] " + step.word();
    }
    return order == 0 ? "- [ ] **" + step.word() + "** ← now" : "- [ ] " + step.word();
  }

  private static String again(Job job) {
    return job.attempt() > 1 ? "\n\nThis is attempt " + job.attempt() + "." : "";
  }

  private String said(String reason) {
    return outgoing.markdown(reason, LIMIT);
  }

  private String quote(String text) {
    return outgoing.markdown(text, LIMIT).lines().collect(Collectors.joining("\n> ", "> ", ""));
  }

  private static String tag(Job job) {
    return "@" + job.requester().login();
  }

  private static String cost(Job job) {
    JobState state = job.state();
    return state instanceof Queued ? "" : " · " + Figures.usd(job.spent().usd());
  }
}
