package dev.knight.attempt;

import dev.knight.git.Snapshot;
import dev.knight.job.Job;
import dev.knight.job.JobState.Running;
import dev.knight.job.RefusedException;
import dev.knight.job.Step;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the requester is told of a job that a limit stopped: what is done, what is left. */
final class Unfinished {
  private Unfinished() {}

  static String sentence(LimitReachedException limit, Job job, Workplace place) {
    Step now = job.state() instanceof Running running ? running.step() : Step.IMPLEMENT;
    return """
    %s I stopped there.

    Done: %s; %s.
    Left: %s.

    To go on, mention me again, best with a smaller task: that begins a job with a budget of its \
    own. My operator can also run `knight retry %s`, or raise `knight.limits`.\
    """
        .formatted(
            limit.getMessage(),
            words(step -> step.compareTo(now) < 0),
            changes(place),
            words(step -> step.compareTo(now) >= 0),
            job.id());
  }

  private static String words(java.util.function.Predicate<Step> which) {
    return steps().filter(which).map(Step::word).collect(Collectors.joining(", "));
  }

  private static Stream<Step> steps() {
    return List.of(Step.values()).stream().filter(step -> step != Step.REPORT);
  }

  private static String changes(Workplace place) {
    try {
      Snapshot made = place.worktree().snapshot();
      return made.isChanged()
          ? "%d file%s changed (+%d −%d lines)"
              .formatted(
                  made.changes().size(),
                  made.changes().size() == 1 ? "" : "s",
                  made.added(),
                  made.deleted())
          : "no file changed yet";
    } catch (RefusedException unreadable) {
      return "files changed";
    }
  }
}
