package dev.knight.dashboard;

import dev.knight.dashboard.NowJobs.Ask;
import dev.knight.job.Hold;
import dev.knight.job.Job;
import dev.knight.job.JobQuery;
import dev.knight.job.JobState.NeedsYou;
import dev.knight.job.JobStore;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which jobs one should know of now, as a person can take them in. */
@Singleton
final class Board {
  private static final Set<String> OVER = Set.of("done", "no-change", "failed", "stopped");
  private static final int MOST = 1_000;

  /** What is read at a glance: the rest is in the history. */
  private static final int SHOWN = 10;

  private static final int ENDED = 8;

  private final JobStore store;
  private final JobLines lines;

  Board(JobStore store, JobLines lines) {
    this.store = store;
    this.lines = lines;
  }

  /** As it is now. */
  NowJobs now() {
    List<Job> waiting = jobs("needs-you");
    List<Job> queued = jobs("queued", "retrying");
    return new NowJobs(
        waiting.stream()
            .sorted(Comparator.comparing(Job::updatedAt))
            .limit(SHOWN)
            .flatMap(job -> ask(job).stream())
            .toList(),
        waiting.size(),
        jobs("running").stream().map(lines::of).toList(),
        queued.stream().limit(SHOWN).map(lines::of).toList(),
        queued.size(),
        store.jobs(JobQuery.newest(ENDED).in(OVER)).stream().map(lines::of).toList());
  }

  /** Those in {@code states}, the oldest first: so they are taken. */
  private List<Job> jobs(String... states) {
    return store.jobs(JobQuery.newest(MOST).in(Set.of(states))).reversed();
  }

  private Optional<Ask> ask(Job job) {
    return job.state() instanceof NeedsYou(String question)
        ? Optional.of(ask(job, question))
        : Optional.empty();
  }

  private Ask ask(Job job, String question) {
    return new Ask(
        lines.of(job),
        Prose.of(lines.passage(question)),
        job.isHeld() ? lines.passage(job.hold().map(Hold::diff).orElse("")) : "",
        job.isHeld() ? "release" : job.isPlanned() ? "approval" : "answer");
  }
}
