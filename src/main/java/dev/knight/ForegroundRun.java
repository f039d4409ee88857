package dev.knight;

import dev.knight.api.LiveLine;
import dev.knight.api.LivePosition;
import dev.knight.cli.ExitCodes;
import dev.knight.cli.Onlooker;
import dev.knight.cli.Terminal;
import dev.knight.hygiene.PlainText;
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
import dev.knight.live.Feeds;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;

/** {@code knight run}: one job, and all that happens in it as it does. */
@Singleton
final class ForegroundRun {
  /** What has happened is told by then; what is left stands in the job's story. */
  private static final Duration FOR_THE_REST = Duration.ofSeconds(5);

  private final HandRequests requests;
  private final Foreground foreground;
  private final Feeds feeds;

  ForegroundRun(HandRequests requests, Foreground foreground, Feeds feeds) {
    this.requests = requests;
    this.foreground = foreground;
    this.feeds = feeds;
  }

  /** Works on the request, tells {@code terminal} what happens, and returns the exit code. */
  int run(IssueUrl url, Optional<String> text, Terminal terminal) {
    PrintWriter out = terminal.out();
    Job job = requests.enqueue(url, text);
    out.printf("Job %s for %s%n", job.id(), job.subject());
    out.flush();
    Onlooker onlooker = new Onlooker(terminal, job.id().toString());
    Thread teller =
        Thread.ofVirtual().name("story-" + job.id()).start(() -> tell(job.id(), onlooker));
    Job end = foreground.work(job.id());
    await(teller);
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

  /** How it ends is told by {@link #run} itself. */
  private void tell(JobId job, Onlooker onlooker) {
    try {
      feeds.follow(
          job,
          LivePosition.NONE,
          line -> {
            if (line.kind() != LiveLine.Kind.END) {
              onlooker.show(line);
            }
          });
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    } catch (IOException cut) {
      onlooker.cut("What happens can be told no more: " + cut.getMessage());
    }
  }

  private static void await(Thread teller) {
    try {
      teller.join(FOR_THE_REST);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
    teller.interrupt();
  }
}
