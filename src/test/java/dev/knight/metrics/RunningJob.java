package dev.knight.metrics;

import dev.knight.fake.MemoryJobStore;
import dev.knight.job.Job;
import dev.knight.job.JobId;
import dev.knight.job.Mention;
import dev.knight.job.Person;
import dev.knight.job.RepositoryName;
import dev.knight.job.Subject;
import java.net.URI;
import java.time.Instant;

/** What is measured: the first attempt of the first job of a repository. */
final class RunningJob {
  static final RepositoryName ENGINE = new RepositoryName("ada", "engine");

  private RunningJob() {}

  /** One that was accepted and claimed at {@code now}. */
  static Job at(Instant now) {
    MemoryJobStore store = new MemoryJobStore();
    store.accept(
        new Mention(
            "n1",
            new Subject(ENGINE, 1),
            Mention.Source.ISSUE,
            1,
            new Person(1, "ada"),
            "Engine stalls",
            "@knight mend it",
            URI.create("https://github.com/ada/engine/issues/1"),
            now),
        now);
    return store.claim(new JobId(1), "w", now.plusSeconds(60), now).orElseThrow();
  }
}
