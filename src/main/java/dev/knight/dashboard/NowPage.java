package dev.knight.dashboard;

import dev.knight.dashboard.NowView.Ask;
import dev.knight.job.Hold;
import dev.knight.job.Job;
import dev.knight.job.JobState.Finished;
import dev.knight.job.JobState.NeedsYou;
import dev.knight.job.JobState.Queued;
import dev.knight.job.JobState.Retrying;
import dev.knight.job.JobState.Running;
import dev.knight.job.JobStore;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /}: what goes on, and what waits for whom. */
@Singleton
@Path("/")
final class NowPage {
  private static final String LIVE = "/live/now";
  private static final int LOOKED_AT = 500;
  private static final int ENDED = 8;
  private static final int LONGEST = 20_000;

  private final Pages pages;
  private final LivePages live;
  private final JobStore store;
  private final JobLines lines;

  NowPage(Pages pages, LivePages live, JobStore store, JobLines lines) {
    this.pages = pages;
    this.live = live;
    this.store = store;
    this.lines = lines;
  }

  void mount(@Observes Router router) {
    router
        .get(LIVE)
        .handler(context ->
            live.follow(
                context,
                () -> {
                  NowView view = view();
                  return new LivePages.View(Templates.now(pages.bare("Now"), view), view);
                }));
  }

  @GET
  @Produces(MediaType.TEXT_HTML)
  public String show(@QueryParam(Pages.NOTICE) @Nullable String notice) {
    return Templates.now(pages.frame(Section.NOW, "Now", LIVE, notice), view()).render();
  }

  private NowView view() {
    List<Ask> waiting = new ArrayList<>();
    List<JobLine> running = new ArrayList<>();
    List<JobLine> queued = new ArrayList<>();
    List<JobLine> ended = new ArrayList<>();
    List<Job> newest = new ArrayList<>(store.jobs(LOOKED_AT));
    newest.sort(Comparator.comparing(Job::updatedAt).reversed());
    for (Job job : newest) {
      switch (job.state()) {
        case NeedsYou needs -> waiting.addFirst(ask(job, needs));
        case Running _ -> running.add(lines.of(job));
        case Queued _, Retrying _ -> queued.addFirst(lines.of(job));
        case Finished _ when ended.size() < ENDED -> ended.add(lines.of(job));
        case Finished _ -> {}
      }
    }
    return new NowView(waiting, running, queued, ended);
  }

  private Ask ask(Job job, NeedsYou needs) {
    return new Ask(
        lines.of(job),
        bounded(lines.lines(needs.question())),
        job.isHeld() ? bounded(lines.lines(job.hold().map(Hold::diff).orElse(""))) : "",
        !job.isHeld(),
        job.isHeld(),
        !job.isHeld() && !job.isPlanned());
  }

  private static String bounded(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "\n…";
  }
}
