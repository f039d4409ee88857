package dev.knight.dashboard;

import dev.knight.api.CheckView;
import dev.knight.api.JobLimits;
import dev.knight.api.JobWork;
import dev.knight.dashboard.JobSheet.Acts;
import dev.knight.dashboard.JobSheet.CheckSheet;
import dev.knight.dashboard.JobSheet.EffectSheet;
import dev.knight.dashboard.JobSheet.Facts;
import dev.knight.dashboard.JobSheet.StoryLine;
import dev.knight.hygiene.PlainText;
import dev.knight.job.Effect;
import dev.knight.job.Event;
import dev.knight.job.Job;
import dev.knight.job.JobKind;
import dev.knight.job.JobState.Answered;
import dev.knight.job.JobState.Done;
import dev.knight.job.JobState.Failed;
import dev.knight.job.JobState.Finished;
import dev.knight.job.JobState.NeedsYou;
import dev.knight.job.JobState.NoChange;
import dev.knight.job.JobState.Queued;
import dev.knight.job.JobState.Retrying;
import dev.knight.job.JobState.Running;
import dev.knight.job.JobState.Stopped;
import dev.knight.job.JobStore;
import dev.knight.job.Setbacks;
import dev.knight.job.Spent;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts together what the page of a job shows. What comes from outside is plain text by then. */
@Singleton
final class JobSheets {
  private static final int MOST_EVENTS = 300;

  private final JobStore store;
  private final JobWork work;
  private final JobLimits limits;
  private final JobLines lines;
  private final InstantSource clock;

  JobSheets(JobStore store, JobWork work, JobLimits limits, JobLines lines, InstantSource clock) {
    this.store = store;
    this.work = work;
    this.limits = limits;
    this.lines = lines;
    this.clock = clock;
  }

  /** The sheet of {@code job} as everything is now. */
  JobSheet of(Job job) {
    List<Event> story = store.events(job.id(), 0);
    List<Event> shown = story.subList(Math.max(0, story.size() - MOST_EVENTS), story.size());
    return new JobSheet(
        lines.of(job),
        job.kind().word(),
        Prose.of(lines.passage(job.reason().orElse(""))),
        whyTitle(job),
        acts(job),
        Stretch.of(job, story, clock.instant()),
        work.diff(job).map(DiffSheet::of).orElse(DiffSheet.NONE),
        checks(job),
        store.effects(job.id()).stream().map(this::effect).toList(),
        facts(job),
        shown.stream()
            .map(event ->
                new StoryLine(
                    Moment.of(event.at()),
                    PlainText.line(event.kind()),
                    lines.passage(event.text())))
            .toList(),
        shown.size() < story.size());
  }

  private static String whyTitle(Job job) {
    return switch (job.state()) {
      case NeedsYou _ when job.isHeld() -> "It holds something back until you have seen it";
      case NeedsYou _ when job.isPlanned() -> "It waits for you to agree to its plan";
      case NeedsYou _ -> "It needs an answer";
      case Retrying(var due, _) -> "It tries again at %s".formatted(Moment.of(due).text());
      case Done(_, boolean draft, _) -> draft ? "It is done, as a draft" : "It is done";
      case Answered _ -> "It is answered";
      case NoChange _ -> "Nothing had to change";
      case Failed _ -> "It failed";
      case Stopped _ -> "It was stopped";
      case Queued _, Running _ -> "";
    };
  }

  private static Acts acts(Job job) {
    boolean hears = !job.isFinished() && job.kind() != JobKind.REVIEW;
    return switch (job.state()) {
      case Queued _ ->
          new Acts(hears ? "Add something" : "", "It is told when it begins.", true, "", "", false);
      case Running _ ->
          new Acts(
              hears ? "Tell the agent" : "", "It hears it while it works.", true, "", "", false);
      case Retrying _ ->
          new Acts(
              hears ? "Add something" : "",
              "It is told when it goes on.",
              true,
              "",
              "Try again now",
              false);
      case NeedsYou _ when job.isHeld() ->
          new Acts(
              hears ? "Say what to change instead" : "",
              "What is held is not pushed by that.",
              true,
              "Let exactly this through",
              "",
              false);
      case NeedsYou _ when job.isPlanned() ->
          new Acts(
              hears ? "Say what to plan otherwise" : "",
              "It makes another plan.",
              true,
              "Agree to the plan",
              "",
              false);
      case NeedsYou _ ->
          new Acts(
              hears ? "Your answer" : "",
              "It goes on with that.",
              true,
              "",
              "Go on without an answer",
              false);
      case Failed(_, _, boolean limited) when limited ->
          new Acts("", "", false, "", "Give it the same budget once more", true);
      case Finished _ -> new Acts("", "", false, "", "Ask for the same again", true);
    };
  }

  private List<CheckSheet> checks(Job job) {
    List<CheckSheet> sheets = new ArrayList<>();
    for (CheckView check : work.checks(job.id())) {
      sheets.add(
          new CheckSheet(
              "check-" + sheets.size(),
              PlainText.line(check.command()),
              check.passed() ? "good" : "bad",
              PlainText.line(check.result()),
              String.format(Locale.ROOT, "%.1f s", check.seconds()),
              PlainText.lines(check.output())));
    }
    return sheets;
  }

  private EffectSheet effect(Effect effect) {
    return new EffectSheet(
        word(effect.kind()),
        word(effect.state()),
        lines.line(effect.name()),
        effect.link().filter(lines::isOnGitHub).map(Object::toString).orElse(""));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private Facts facts(Job job) {
    Spent used = job.used();
    return new Facts(
        Figures.money(job.spent().usd()),
        Figures.money(used.usd()),
        Figures.money(limits.usd()),
        percent(used.counted(), limits.usd()),
        Stretch.words(used.time()),
        Stretch.words(limits.time()),
        percent(
            BigDecimal.valueOf(used.time().toMillis()),
            BigDecimal.valueOf(limits.time().toMillis())),
        String.format(Locale.ROOT, "%,d", job.spent().inputTokens() + job.spent().outputTokens()),
        job.attempt(),
        lines.line(job.branch().orElse("")),
        Moment.of(job.createdAt()),
        setbacks(job.setbacks()));
  }

  private static int percent(BigDecimal part, BigDecimal whole) {
    return whole.signum() <= 0
        ? 0
        : part.multiply(BigDecimal.valueOf(100))
            .divide(whole, 0, RoundingMode.HALF_UP)
            .min(BigDecimal.valueOf(100))
            .intValue();
  }

  private static String setbacks(Setbacks setbacks) {
    return Stream.of(
            count(setbacks.failures(), "failed tries"),
            count(setbacks.bugs(), "bugs of knight"),
            count(setbacks.waits(), "waits in a row"),
            count(setbacks.crashes(), "crashes of the service"))
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private static String count(int times, String what) {
    return times == 0 ? "" : what + ": " + times;
  }
}
