package dev.knight.dashboard;

import java.util.List;

/**
 * All of a job's page but the session. A text that there is none of is empty.
 *
 * @param line the job as lists show it
 * @param kind what it is asked to do
 * @param why why it waits, what it asks, or what came of it
 * @param whyTitle what that is
 * @param acts what a person can do to it
 * @param way the steps on its way
 * @param diff what it changes
 * @param checks how the project's checks went
 * @param effects what was written to GitHub
 * @param facts its figures
 * @param story what happened, oldest first
 * @param isShortened whether the beginning of the story is left out
 */
record JobSheet(
    JobLine line,
    String kind,
    Prose why,
    String whyTitle,
    Acts acts,
    List<Stretch> way,
    DiffSheet diff,
    List<CheckSheet> checks,
    List<EffectSheet> effects,
    Facts facts,
    List<StoryLine> story,
    boolean isShortened) {

  /** What is read out when it changes. */
  public String news() {
    return line.step().isEmpty()
        ? "Job %d is %s".formatted(line.id(), line.state())
        : "Job %d: %s".formatted(line.id(), line.step());
  }

  /** Whether it is over. */
  public boolean isOver() {
    return switch (line.state()) {
      case "queued", "running", "retrying", "needs-you" -> false;
      default -> true;
    };
  }

  /**
   * What a person can do.
   *
   * @param tell what the box for words is called
   * @param hint who hears them
   * @param release what lets it through
   * @param retry what has it tried again
   * @param isRetryCostly whether that begins anew, and is asked once more
   */
  record Acts(
      String tell,
      String hint,
      boolean mayStop,
      String release,
      String retry,
      boolean isRetryCostly) {
    public boolean isNone() {
      return tell.isEmpty() && !mayStop && release.isEmpty() && retry.isEmpty();
    }
  }

  /**
   * A check.
   *
   * @param id of its element
   * @param look {@code good} or {@code bad}
   */
  record CheckSheet(
      String id, String command, String look, String result, String took, String output) {}

  /** Something that was written to GitHub. */
  record EffectSheet(String kind, String state, String name, String url) {}

  /** A line of the story. */
  record StoryLine(Moment at, String kind, String text) {}

  /**
   * Its figures.
   *
   * @param cost what it has cost in all
   * @param used what of it counts against the limit
   * @param usedPercent how much of the limit that is, at most 100
   * @param worked how long it was at work, of what counts against the limit
   */
  record Facts(
      String cost,
      String used,
      String mostUsd,
      int usedPercent,
      String worked,
      String mostTime,
      int workedPercent,
      String tokens,
      int attempt,
      String branch,
      Moment created,
      String setbacks) {}
}
