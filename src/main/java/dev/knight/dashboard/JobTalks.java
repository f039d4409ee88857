package dev.knight.dashboard;

import dev.knight.api.LiveLine;
import dev.knight.api.LivePosition;
import dev.knight.api.NoSuchJobException;
import dev.knight.dashboard.LivePages.Listener;
import dev.knight.dashboard.LivePages.View;
import dev.knight.dashboard.TalkItem.CallEnd;
import dev.knight.hygiene.PlainText;
import dev.knight.job.Job;
import dev.knight.job.JobChanges;
import dev.knight.job.JobId;
import dev.knight.job.JobStore;
import dev.knight.job.UnavailableException;
import dev.knight.live.Feeds;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Keeps the page of a job up to date: what is said goes to the end of the session as it is said,
 * and whatever the story tells makes the rest of the page anew.
 */
@Singleton
final class JobTalks {
  private static final String SESSION = "talk";
  private static final String TYPING = "typing";
  private static final String TYPED = "typed";

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);
  private static final Duration BETWEEN_BEATS = Duration.ofSeconds(15);

  /** Reading and comparing a worktree is work, while the agent changes a file a second. */
  private static final Duration BETWEEN_VIEWS = Duration.ofSeconds(3);

  private final JobStore store;
  private final Feeds feeds;

  JobTalks(JobStore store, Feeds feeds) {
    this.store = store;
    this.feeds = feeds;
  }

  /**
   * Tells {@code page} what happens in {@code job} after {@code position}, for as long as it is
   * open: also after the job's end, which people can undo.
   *
   * @param view the rest of the page, as it is now
   */
  void follow(JobId job, LivePosition position, Function<Job, View> view, Listener page)
      throws IOException, InterruptedException {
    Following following = new Following(job, position, view, page);
    while (true) {
      following.hear();
      following.rest();
    }
  }

  private final class Following {
    private final JobId job;
    private final Talk talk;
    private final Function<Job, View> view;
    private final Listener page;
    private final Map<String, String> shown = new HashMap<>();
    private LivePosition position;
    private boolean isTyping;
    private long viewed;
    private long viewedAt;
    private boolean isViewDue = true;

    Following(JobId job, LivePosition position, Function<Job, View> view, Listener page) {
      this.job = job;
      this.talk = new Talk(job.toString());
      this.position = position;
      this.view = view;
      this.page = page;
    }

    /** Until the job is over. */
    void hear() throws IOException, InterruptedException {
      look();
      try {
        feeds.follow(job, position, this::take);
      } catch (UnavailableException full) {
        page.beat(); // too many look on: the rest of the page is kept up to date all the same
      }
    }

    /** Until it is not over any more, or should be listened to again. */
    void rest() throws IOException, InterruptedException {
      long told = System.nanoTime();
      try (JobChanges.Ear ear = store.changes().listen()) {
        do {
          boolean isTold = ear.await(BETWEEN_LOOKS).contains(job);
          Job now = find();
          if (isTold || now.version() != viewed || !now.isFinished()) {
            look();
          }
          if (isOlder(told, BETWEEN_BEATS)) {
            page.beat();
            told = System.nanoTime();
          }
        } while (find().isFinished());
      }
    }

    private void take(LiveLine line) throws IOException {
      position = position.after(line);
      page.at(position.toString());
      switch (line.kind()) {
        case DELTA -> type(line.text());
        case RESULT -> {
          CallEnd end = Talk.end(line);
          page.part(end.signId(), Templates.sign(end).render());
          page.part(end.outputId(), Templates.output(end).render());
          isViewDue = true;
        }
        case BEAT -> page.beat();
        case STATE, END, EVENT -> isViewDue = true;
        case ASKED, SAID, CALL, NOTE -> {}
      }
      Optional<TalkItem> item = talk.of(line);
      if (item.isPresent()) {
        stopTyping();
        page.more(SESSION, Templates.talk(List.of(item.get())).render());
      }
      boolean isNews =
          switch (line.kind()) {
            case STATE, END -> true;
            case EVENT, ASKED, DELTA, SAID, CALL, RESULT, NOTE, BEAT -> false;
          };
      if (isNews || (isViewDue && isOlder(viewedAt, BETWEEN_VIEWS))) {
        look();
      }
    }

    private void type(String text) throws IOException {
      isTyping = true;
      page.more(TYPED, Templates.typed(PlainText.lines(text)).render());
    }

    private void stopTyping() throws IOException {
      if (isTyping) {
        isTyping = false;
        page.part(TYPING, Templates.typing().render());
      }
    }

    /** Makes the rest of the page anew, where it is not as it was. */
    private void look() throws IOException {
      Job now = find();
      for (Map.Entry<String, String> part : view.apply(now).parts().entrySet()) {
        if (!part.getValue().equals(shown.put(part.getKey(), part.getValue()))) {
          page.part(part.getKey(), part.getValue());
        }
      }
      viewed = now.version();
      viewedAt = System.nanoTime();
      isViewDue = false;
    }

    private Job find() {
      return store.find(job).orElseThrow(() -> NoSuchJobException.of(job.value()));
    }
  }

  private static boolean isOlder(long since, Duration age) {
    return System.nanoTime() - since > age.toNanos();
  }
}
