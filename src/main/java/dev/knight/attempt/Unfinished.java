package dev.knight.attempt;

import dev.knight.git.Snapshot;
import dev.knight.job.Job;
import dev.knight.job.JobState.Running;
import dev.knight.job.RefusedException;
import dev.knight.job.Step;
import java.util.stream.Collectors;

/** What the requester is told of a job that a limit stopped: what is done, what is left. */
final class Unfinished {
  private Unfinished() {}

  static String sentence(LimitReachedException limit, Job job, Workplace place) {
    Step now = job.state() instanceof Running running ? running.step() : Step.IMPLEMENT;
    return """
    %s I stopped there.

    Done: %s; %s.
    Left: %s.

    To go on where it is, give this comment a 🚀 within a week: that gives me the same budget once \
    more. My operator can also run `knight retry %s`, or raise `knight.limits`. A new mention \
    begins a job of its own, best with a smaller task.\
    """
        .formatted(
            limit.getMessage(),
            words(job, step -> step.compareTo(now) < 0),
            changes(place),
            words(job, step -> step.compareTo(now) >= 0),
            job.id());
  }

  private static String words(Job job, java.util.function.Predicate<Step> which) {
    return job.steps().stream().filter(which).map(Step::word).collect(Collectors.joining(", "));
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
