package dev.knight.store;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.knight.job.Event;
import dev.knight.job.Job;
import dev.knight.job.JobState.NoChange;
import dev.knight.job.JobStore;
import dev.knight.job.JudgedMention;
import dev.knight.job.Mention;
import dev.knight.job.Person;
import dev.knight.job.RepositoryName;
import dev.knight.job.Step;
import dev.knight.job.StreamAnchor;
import dev.knight.job.StreamKind;
import dev.knight.job.Subject;
import dev.knight.job.Verdict;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * A process that {@link StoreCrashTest} kills: the real store, written by several threads as fast
 * as it goes. It prints a line for each thing that the store has confirmed, {@code WORD JOB .}, and
 * never ends by itself.
 */
@QuarkusTest
@TestProfile(StoreOnDisk.class)
class StoreWriter {
  private static final RepositoryName ENGINE = RepositoryName.parse("ada/engine");

  @Inject JobStore store;

  /** Boots Quarkus as a test does, since that is how it boots from a class path. */
  public static void main(String[] args) {
    Thread.ofPlatform().daemon().start(StoreWriter::endWithTheParent);
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    LauncherDiscoveryRequest itself =
        LauncherDiscoveryRequestBuilder.request()
            // By name: Quarkus loads the class anew, with the class loader of its session.
            .selectors(selectClass(StoreWriter.class.getName()))
            .build();
    try (LauncherSession session = LauncherFactory.openSession()) {
      session.getLauncher().execute(itself, summary);
    }
    summary.getSummary().getFailures().forEach(failure -> failure.getException().printStackTrace());
  }

  private static void endWithTheParent() {
    try {
      System.in.read();
    } catch (IOException gone) {
      System.err.println(gone);
    }
    Runtime.getRuntime().halt(1);
  }

  @Test
  void write_until_killed() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Void> writer = forever(this::oneJob);
      Callable<Void> reader = forever(() -> store.jobs(20));
      threads.invokeAny(List.of(writer, writer, writer, reader));
    }
  }

  private static Callable<Void> forever(Runnable work) {
    return () -> {
      while (!Thread.currentThread().isInterrupted()) {
        work.run();
      }
      return null;
    };
  }

  private void oneJob() {
    Instant now = Instant.now();
    Job made = kept(mention(now), now);
    confirmed("accepted", made);
    Job claimed = store.claim(made.id(), "w", now.plusSeconds(600), now).orElseThrow();
    confirmed("claimed", claimed);
    Job entered = changed(claimed, claimed.enter(Step.VERIFY, now), "step");
    changed(entered, entered.finish(new NoChange("was so already"), now), "finished");
    confirmed("finished", made);
  }

  private Job kept(Mention mention, Instant now) {
    return store
        .keep(
            ENGINE,
            StreamKind.ISSUE_COMMENTS,
            new StreamAnchor(now, Optional.empty()),
            List.of(new JudgedMention(mention, Verdict.ACCEPTED)),
            now)
        .getFirst();
  }

  private Job changed(Job before, Job after, String kind) {
    List<Event> events = List.of(Event.of(after.id(), after.updatedAt(), kind, "x".repeat(500)));
    return store.replace(before, after, events).orElseThrow();
  }

  private static void confirmed(String word, Job job) {
    System.out.println(word + " " + job.id() + " .");
  }

  private static Mention mention(Instant now) {
    UUID unique = UUID.randomUUID();
    return new Mention(
        unique.toString(),
        new Subject(ENGINE, unique.getMostSignificantBits() >>> 1 | 1),
        Mention.Source.ISSUE_COMMENT,
        1,
        new Person(1, "ada"),
        "Engine stalls",
        "please mend it",
        URI.create("https://github.com/ada/engine/issues/1"),
        now);
  }
}
