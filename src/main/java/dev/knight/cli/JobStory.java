package dev.knight.cli;

import dev.knight.api.CheckView;
import dev.knight.api.DiffView;
import dev.knight.api.DiffView.FileChange;
import dev.knight.api.EffectView;
import dev.knight.api.EventView;
import dev.knight.api.JobDetails;
import dev.knight.api.SetbacksView;
import dev.knight.api.UsedView;
import dev.knight.hygiene.PlainText;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A job for a person: what it is, what it needs, what happened, what it made and what it cost. */
final class JobStory {
  private static final int LABEL = 14;
  private static final int KIND = 11;
  private static final int MOST_FILES = 20;
  private static final int BAR = 20;
  private static final int LONGEST_PATH = 60;
  private static final int TAIL = 10;

  private final JobDetails job;
  private final Terminal terminal;
  private final Instant now;

  private JobStory(JobDetails job, Terminal terminal, Instant now) {
    this.job = job;
    this.terminal = terminal;
    this.now = now;
  }

  /** Tells {@code terminal} of {@code job}, seen at {@code now}. */
  static void print(JobDetails job, Terminal terminal, Instant now) {
    new JobStory(job, terminal, now).print();
  }

  private void print() {
    head();
    needs();
    events();
    job.diff().ifPresent(this::diff);
    checks();
    effects();
    next();
  }

  private void head() {
    line(
        Tone.STRONG,
        "Job %d  %s#%d%s"
            .formatted(
                job.id(),
                job.repository(),
                job.number(),
                job.title().isBlank() ? "" : "  " + job.title()));
    String state = job.step().map(step -> job.state() + " (" + step + ")").orElse(job.state());
    terminal
        .out()
        .println(
            label("State")
                + terminal.painted(Tone.of(job.state()), state)
                + ", try %d, ".formatted(job.attempt())
                + Amounts.ago(job.updatedAt(), now));
    if (job.needs().isEmpty()) {
      String label = job.state().equals("retrying") ? "Because" : "Outcome";
      job.reason().ifPresent(reason -> field(label, reason));
    }
    field(
        "Asked by",
        "%s, %s (%s)".formatted(job.requester(), Amounts.minute(job.createdAt()), job.kind()));
    job.pullRequest().ifPresent(page -> field("Pull request", page.toString()));
    used(job.used());
    setbacks(job.setbacks()).ifPresent(counts -> field("Set back by", counts));
  }

  private void used(UsedView used) {
    field(
        "Cost",
        "%s of %s%s; %s tokens"
            .formatted(
                Amounts.usd(job.costUsd()),
                Amounts.usd(used.mostUsd()),
                share(job.costUsd(), used.mostUsd()),
                Amounts.count(used.tokens())));
    field(
        "At work",
        "%s of %s"
            .formatted(
                Amounts.time(Duration.ofSeconds(used.workedSeconds())),
                Amounts.time(Duration.ofSeconds(used.mostSeconds()))));
  }

  private static String share(BigDecimal cost, BigDecimal most) {
    return most.signum() <= 0
        ? ""
        : " (%d%%)".formatted(Math.round(100 * cost.doubleValue() / most.doubleValue()));
  }

  private static Optional<String> setbacks(SetbacksView setbacks) {
    String counts =
        Stream.of(
                count(setbacks.failures(), "failed tries"),
                count(setbacks.bugs(), "bugs of knight"),
                count(setbacks.waits(), "waits in a row for something outside"),
                count(setbacks.crashes(), "crashes of the service in a row"))
            .flatMap(Optional::stream)
            .collect(Collectors.joining(", "));
    return Optional.of(counts).filter(it -> !it.isEmpty());
  }

  private static Optional<String> count(int times, String what) {
    return times == 0 ? Optional.empty() : Optional.of(what + " " + times);
  }

  /** What it asks, whole, and the command that answers. */
  private void needs() {
    job.needs()
        .ifPresent(needs -> {
          terminal.out().println();
          line(Tone.NEEDS_YOU, "It needs " + Needs.what(needs) + ":");
          PlainText.lines(job.reason().orElse(""))
              .lines()
              .flatMap(one -> wrapped(one, "  ").stream())
              .forEach(terminal.out()::println);
          line(Tone.STRONG, "  " + Needs.command(job.id(), needs));
        });
  }

  private void events() {
    terminal.out().println();
    Optional<LocalDate> day = Optional.empty();
    for (EventView event : job.events()) {
      LocalDate today = LocalDate.ofInstant(event.at(), ZoneId.systemDefault());
      if (!day.equals(Optional.of(today))) {
        line(Tone.STRONG, today.toString());
        day = Optional.of(today);
      }
      event(event);
    }
  }

  private void event(EventView event) {
    String kind = PlainText.line(event.kind());
    String indent = " ".repeat(10 + Math.max(KIND, kind.length()) + 2);
    List<String> words = wrapped(PlainText.line(event.text()), indent);
    terminal
        .out()
        .println(
            terminal.painted(Tone.QUIET, Amounts.clock(event.at()))
                + "  "
                + terminal.painted(tone(kind), kind)
                + " ".repeat(Math.max(0, KIND - kind.length()) + 2)
                + words.getFirst().strip());
    words.stream().skip(1).forEach(terminal.out()::println);
  }

  private static Tone tone(String kind) {
    return switch (kind) {
      case "mention", "accepted" -> Tone.PERSON;
      default -> Tone.of(kind);
    };
  }

  private void diff(DiffView diff) {
    terminal.out().println();
    line(
        Tone.STRONG,
        "Changes (%s): %d %s, +%d -%d"
            .formatted(
                diff.of(),
                diff.files().size(),
                diff.files().size() == 1 ? "file" : "files",
                diff.added(),
                diff.deleted()));
    long most = diff.files().stream().mapToLong(it -> it.added() + it.deleted()).max().orElse(0);
    diff.files().stream().limit(MOST_FILES).forEach(file -> file(file, most));
    if (diff.files().size() > MOST_FILES) {
      line(Tone.QUIET, "  and %d more".formatted(diff.files().size() - MOST_FILES));
    }
    if (!diff.note().isEmpty()) {
      line(Tone.QUIET, "  " + diff.note());
    }
  }

  /** As git shows it: the longest bar has {@link #BAR} letters, or one for each line. */
  private void file(FileChange file, long most) {
    long lines = file.added() + file.deleted();
    int bar = most <= BAR ? (int) lines : (int) Math.ceilDiv(lines * BAR, most);
    int plus = lines == 0 ? 0 : (int) Math.round((double) bar * file.added() / lines);
    int room =
        terminal.isPerson()
            ? Math.max(20, Math.min(LONGEST_PATH, terminal.width() - BAR - 12))
            : LONGEST_PATH;
    String path = TextWidth.cutStart(PlainText.line(file.path()), room);
    terminal
        .out()
        .println(
            "  %s%s  %s %s%s"
                .formatted(
                    path,
                    " ".repeat(Math.max(0, longestPath(room) - TextWidth.of(path))),
                    file.binary() ? "bin" : "%3d".formatted(lines),
                    terminal.painted(Tone.GOOD, "+".repeat(plus)),
                    terminal.painted(Tone.BAD, "-".repeat(bar - plus)))
                .stripTrailing());
  }

  private int longestPath(int room) {
    return job.diff().stream()
        .flatMap(diff -> diff.files().stream().limit(MOST_FILES))
        .mapToInt(file -> Math.min(room, TextWidth.of(PlainText.line(file.path()))))
        .max()
        .orElse(0);
  }

  private void checks() {
    if (job.checks().isEmpty()) {
      return;
    }
    terminal.out().println();
    line(Tone.STRONG, "Checks");
    job.checks().forEach(this::check);
  }

  /** Of one that failed, the end of what it said, too. */
  private void check(CheckView check) {
    String mark = check.passed() ? "✓" : "✗";
    terminal
        .out()
        .println(
            "  %s %s  %s, %s"
                .formatted(
                    terminal.painted(check.passed() ? Tone.GOOD : Tone.BAD, mark),
                    PlainText.line(check.command()),
                    PlainText.line(check.result()),
                    Amounts.time(Duration.ofMillis((long) (check.seconds() * 1000)))));
    if (!check.passed()) {
      List<String> output = PlainText.lines(check.output()).strip().lines().toList();
      output
          .subList(Math.max(0, output.size() - TAIL), output.size())
          .forEach(one -> line(Tone.QUIET, "      " + one));
    }
  }

  private void effects() {
    if (job.effects().isEmpty()) {
      return;
    }
    terminal.out().println();
    line(Tone.STRONG, "Written to GitHub");
    job.effects().forEach(this::effect);
  }

  private void effect(EffectView effect) {
    boolean isDone = effect.state().equals("done");
    String what =
        Stream.of(
                isDone ? "" : effect.state(),
                effect.link().map(URI::toString).orElse(effect.name()))
            .filter(word -> !word.isEmpty())
            .collect(Collectors.joining(": "));
    terminal
        .out()
        .println(
            "  %s %s%s  %s"
                .formatted(
                    isDone ? terminal.painted(Tone.GOOD, "✓") : terminal.painted(Tone.LATER, "…"),
                    effect.kind(),
                    " ".repeat(Math.max(0, LABEL - effect.kind().length())),
                    PlainText.line(what))
                .stripTrailing());
  }

  /** Only to a person, who may not know them. */
  private void next() {
    if (!terminal.isPerson()) {
      return;
    }
    String commands =
        switch (job.state()) {
          case "queued", "retrying" -> "knight stop %1$d calls it off";
          case "running" -> "knight attach %1$d looks on, knight stop %1$d calls it off";
          case "failed", "stopped" ->
              "knight logs %1$d tells what its agent did, knight retry %1$d tries again";
          case "done", "no-change" -> "knight logs %1$d tells what its agent did";
          default -> "";
        };
    if (!commands.isEmpty()) {
      terminal.out().println();
      line(Tone.QUIET, commands.formatted(job.id()));
    }
  }

  private void field(String label, String text) {
    List<String> words = wrapped(PlainText.line(text), " ".repeat(LABEL));
    terminal.out().println(label(label) + words.getFirst().strip());
    words.stream().skip(1).forEach(terminal.out()::println);
  }

  private String label(String label) {
    return terminal.painted(Tone.QUIET, label) + " ".repeat(LABEL - label.length());
  }

  /** For a person, within the screen; a program has its own idea of lines. */
  private List<String> wrapped(String text, String indent) {
    return terminal.isPerson()
        ? Prose.wrapped(text, Math.max(terminal.width(), indent.length() + 20), indent)
        : List.of(indent + text);
  }

  /** One line, whatever is in it: titles and reasons come from outside. */
  private void line(Tone tone, String text) {
    String harmless = PlainText.line(text);
    String indent = " ".repeat(text.length() - text.stripLeading().length());
    terminal.out().println(indent + terminal.painted(tone, harmless));
  }
}
