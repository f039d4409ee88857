package dev.knight;

import dev.knight.cli.ExitCodes;
import dev.knight.hygiene.PlainText;
import dev.knight.job.Event;
import dev.knight.job.HandRequests;
import dev.knight.job.IssueUrl;
import dev.knight.job.Job;
import dev.knight.job.JobId;
import dev.knight.job.JobState.Answered;
import dev.knight.job.JobState.Done;
import dev.knight.job.JobState.Failed;
import dev.knight.job.JobState.NeedsYou;
import dev.knight.job.JobState.NoChange;
import dev.knight.job.JobState.Queued;
import dev.knight.job.JobState.Retrying;
import dev.knight.job.JobState.Running;
import dev.knight.job.JobState.Stopped;
import dev.knight.job.JobStore;
import jakarta.inject.Singleton;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;

/** {@code knight run}: one job, and its story as it happens. */
@Singleton
final class ForegroundRun {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private final HandRequests requests;
  private final Foreground foreground;
  private final JobStore store;

  ForegroundRun(HandRequests requests, Foreground foreground, JobStore store) {
    this.requests = requests;
    this.foreground = foreground;
    this.store = store;
  }

  /** Works on the request, tells {@code out} what happens, and returns the exit code. */
  int run(IssueUrl url, Optional<String> text, PrintWriter out) {
    Job job = requests.enqueue(url, text);
    out.printf("Job %s for %s%n", job.id(), job.subject());
    Story story = new Story(job.id(), out);
    Thread teller = Thread.ofVirtual().name("story-" + job.id()).start(story);
    Job end;
    try {
      end = foreground.work(job.id());
    } finally {
      teller.interrupt();
    }
    story.tell();
    out.println(PlainText.line(sentence(end)));
    return switch (end.state()) {
      case Done _, Answered _, NoChange _ -> ExitCodes.DONE;
      case Failed _, Stopped _, NeedsYou _, Retrying _, Queued _, Running _ -> ExitCodes.FAILED;
    };
  }

  private static String sentence(Job job) {
    String rest =
        switch (job.state()) {
          case Done(var page, boolean draft, _) -> (draft ? "draft " : "") + page;
          case Answered(String reason) -> reason;
          case NoChange(String reason) -> reason;
          case Failed(String reason, _, _) -> reason;
          case Stopped(String reason, _) -> reason;
          case NeedsYou(String question) -> question;
          case Retrying(var dueAt, String reason) -> reason + " Due again at " + dueAt;
          case Queued _, Running _ -> "left as it is";
        };
    return "Job %s is %s: %s".formatted(job.id(), job.state().word(), rest);
  }

  /** Prints what is new in a job's story, until it is interrupted. */
  private final class Story implements Runnable {
    private final JobId job;
    private final PrintWriter out;
    private long told;

    Story(JobId job, PrintWriter out) {
      this.job = job;
      this.out = out;
    }

    @Override
    public void run() {
      try {
        while (!Thread.currentThread().isInterrupted()) {
          tell();
          Thread.sleep(BETWEEN_LOOKS);
        }
      } catch (InterruptedException over) {
        Thread.currentThread().interrupt();
      }
    }

    synchronized void tell() {
      for (Event event : store.events(job, told)) {
        out.println(PlainText.line("  %-9s  %s".formatted(event.kind(), event.text())));
        told = event.sequence();
      }
      out.flush();
    }
  }
}
