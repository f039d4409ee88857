package dev.knight.live;

import dev.knight.api.LiveLine;
import dev.knight.api.LiveLine.Kind;
import dev.knight.api.LivePosition;
import dev.knight.api.NoSuchJobException;
import dev.knight.home.KnightHome;
import dev.knight.hygiene.Redactor;
import dev.knight.job.Event;
import dev.knight.job.Job;
import dev.knight.job.JobId;
import dev.knight.job.JobState;
import dev.knight.job.JobStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** One job as one person looks on: see {@link #follow}. */
final class Feed implements AutoCloseable {
  /** A screenful: who comes late sees so much of what was before. */
  private static final int SCREENFUL = 40;

  private static final int MOST_WAITING = 200;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
  private static final Duration BETWEEN_BEATS = Duration.ofSeconds(10);

  private final JobId job;
  private final JobStore store;
  private final KnightHome home;
  private final Redactor redactor;
  private final InstantSource clock;
  private final Map<String, Ear> ears = new TreeMap<>();
  private final BlockingQueue<Ear.Heard> queue = new ArrayBlockingQueue<>(MOST_WAITING);
  private LivePosition position;
  private String stood = "";
  private Instant told = Instant.MIN;

  /** Takes the lines, one at a time; may take its time. */
  interface Sink {
    /**
     * Takes {@code line}.
     *
     * @throws IOException when nobody is there any more
     */
    void tell(LiveLine line) throws IOException;
  }

  Feed(
      JobId job,
      LivePosition position,
      JobStore store,
      KnightHome home,
      Redactor redactor,
      InstantSource clock) {
    this.job = job;
    this.position = position;
    this.store = store;
    this.home = home;
    this.redactor = redactor;
    this.clock = clock;
  }

  /** Tells {@code to} what happens, until the job is over or nobody listens any more. */
  void follow(Sink to) throws IOException, InterruptedException {
    Sink sink =
        line -> {
          told = clock.instant();
          position = position.after(line);
          to.tell(line);
        };
    if (position.seen().isEmpty()) {
      catchUp(sink);
    }
    while (true) {
      // First, so that all that was said before its end is read after this.
      Job now = store.find(job).orElseThrow(() -> NoSuchJobException.of(job.value()));
      tellState(now, sink);
      for (Ear ear : ears()) {
        ear.look(sink);
      }
      if (now.isFinished()) {
        end(now, sink);
        return;
      }
      hear(sink);
      tellEvents(sink);
      if (clock.instant().isAfter(told.plus(BETWEEN_BEATS))) {
        sink.tell(LiveLine.of(Kind.BEAT, "", 0, clock.instant(), "", ""));
      }
    }
  }

  /** What was before, cut to what fits on a screen. */
  private void catchUp(Sink sink) throws IOException {
    Deque<LiveLine> before = new ArrayDeque<>();
    Sink last =
        line -> {
          position = position.after(line);
          before.add(line);
          if (before.size() > 2 * SCREENFUL) {
            before.remove();
          }
        };
    for (Ear ear : ears()) {
      ear.read(last);
    }
    tellEvents(last);
    List<LiveLine> sorted = before.stream().sorted(Comparator.comparing(LiveLine::at)).toList();
    for (LiveLine line : sorted.subList(Math.max(0, sorted.size() - SCREENFUL), sorted.size())) {
      sink.tell(line);
    }
  }

  /** Takes what comes until it is time to look again. */
  private void hear(Sink sink) throws IOException, InterruptedException {
    long end = System.nanoTime() + BETWEEN_LOOKS.toNanos();
    for (long left = BETWEEN_LOOKS.toNanos(); left > 0; left = end - System.nanoTime()) {
      Ear.Heard heard = queue.poll(left, TimeUnit.NANOSECONDS);
      if (heard != null) {
        heard.ear().tell(heard, clock.instant(), sink);
      }
    }
  }

  /** Its agents are gone, so their journals have it all. */
  private void end(Job over, Sink sink) throws IOException {
    for (Ear.Heard heard = queue.poll(); heard != null; heard = queue.poll()) {
      heard.ear().tell(heard, clock.instant(), sink);
    }
    for (Ear ear : ears()) {
      ear.read(sink);
    }
    tellEvents(sink);
    boolean failed =
        switch (over.state()) {
          case JobState.Failed _, JobState.Stopped _ -> true;
          case JobState.Done _,
              JobState.Answered _,
              JobState.NoChange _,
              JobState.Queued _,
              JobState.Running _,
              JobState.Retrying _,
              JobState.NeedsYou _ ->
              false;
        };
    String word = over.state().word();
    sink.tell(
        new LiveLine(
            Kind.END, "", 0, clock.instant(), word, redactor.text(last(over)), "", "", failed, 0));
  }

  private static String last(Job over) {
    String reason = over.state() instanceof JobState.Finished end ? end.reason() : "";
    return over.pullRequest().map(page -> page + "\n" + reason).orElse(reason);
  }

  private void tellState(Job now, Sink sink) throws IOException {
    String text =
        switch (now.state()) {
          case JobState.Queued _ -> "waits for a worker";
          case JobState.Running(_, var step) -> step.word();
          case JobState.Retrying(Instant due, String reason) -> reason + " Due again at " + due;
          case JobState.NeedsYou(String question) -> question;
          case JobState.Finished end -> end.reason();
        };
    String stands = now.state().word() + " " + text;
    if (!stands.equals(stood) && !now.isFinished()) {
      stood = stands;
      sink.tell(
          LiveLine.of(Kind.STATE, "", 0, clock.instant(), now.state().word(), redactor.text(text)));
    }
  }

  private void tellEvents(Sink sink) throws IOException {
    for (Event event : store.events(job, position.of(""))) {
      sink.tell(
          LiveLine.of(
              Kind.EVENT,
              "",
              event.sequence(),
              event.at(),
              event.kind(),
              redactor.text(event.text())));
    }
  }

  /** One for each conversation that the job has had. */
  private List<Ear> ears() throws IOException {
    for (String name : Sessions.of(home, job)) {
      ears.computeIfAbsent(name, it -> new Ear(it, position.of(it), home, redactor, queue));
    }
    return List.copyOf(ears.values());
  }

  @Override
  public void close() throws IOException {
    for (Ear ear : ears.values()) {
      ear.close();
    }
  }
}
