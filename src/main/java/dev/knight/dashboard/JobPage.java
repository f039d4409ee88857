package dev.knight.dashboard;

import dev.knight.api.LivePosition;
import dev.knight.api.NoSuchJobException;
import dev.knight.dashboard.LivePages.View;
import dev.knight.job.Job;
import dev.knight.job.JobId;
import dev.knight.job.JobStore;
import dev.knight.live.Past;
import dev.knight.live.Past.Mark;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code /jobs/7}: one job, its session as it goes on, and what it has made. */
@Singleton
@Path("/jobs/{job}")
final class JobPage {
  private static final String LIVE = "/live/jobs/";
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

  /** Some screens; before that, there is a link. */
  private static final int MOST_ITEMS = 100;

  private final Pages pages;
  private final LivePages live;
  private final JobStore store;
  private final JobSheets sheets;
  private final Past past;
  private final JobTalks talks;

  JobPage(
      Pages pages, LivePages live, JobStore store, JobSheets sheets, Past past, JobTalks talks) {
    this.pages = pages;
    this.live = live;
    this.store = store;
    this.sheets = sheets;
    this.past = past;
    this.talks = talks;
  }

  void mount(@Observes Router router) {
    router.get(LIVE + ":job").handler(this::follow);
  }

  private void follow(RoutingContext context) {
    Optional<JobId> job =
        Optional.ofNullable(context.pathParam("job"))
            .filter(text -> NUMBER.matcher(text).matches())
            .map(text -> new JobId(Long.parseLong(text)));
    try {
      LivePosition position = LivePosition.parse(after(context.request()));
      if (job.isEmpty()) {
        context.response().setStatusCode(404).end();
        return;
      }
      live.serve(context, listener -> talks.follow(job.get(), position, this::view, listener));
    } catch (IllegalArgumentException wrong) {
      context.response().setStatusCode(400).end(wrong.getMessage());
    }
  }

  /**
   * A browser that was cut off asks at the same address again, and says in a header what it has.
   */
  private static String after(HttpServerRequest request) {
    return Optional.ofNullable(request.getHeader("Last-Event-ID"))
        .orElseGet(() -> request.getParam("after", ""));
  }

  @GET
  @Produces(MediaType.TEXT_HTML)
  public String show(
      @PathParam("job") long number,
      @QueryParam("before") @Nullable String before,
      @QueryParam(Pages.NOTICE) @Nullable String notice)
      throws IOException {
    Job job = find(number);
    Optional<Mark> mark = Optional.ofNullable(before).map(Mark::parse);
    Past.Page page = past.page(job.id(), mark, MOST_ITEMS);
    JobSheet sheet = sheets.of(job);
    JobTalk talk =
        new JobTalk(
            items(job, page),
            page.earlier().map(it -> "/jobs/%d?before=%s".formatted(number, it)).orElse(""),
            mark.isPresent());
    String path = mark.isPresent() ? "" : LIVE + number + "?after=" + page.position();
    Frame frame = pages.frame(Section.NOW, sheet.line().title(), path, notice);
    return Templates.job(frame, sheet, talk).render();
  }

  /** The rest of the page, as it is now: its fragments know no session. */
  private View view(Job job) {
    JobSheet sheet = sheets.of(job);
    return new View(Templates.job(pages.bare(""), sheet, JobTalk.NONE), sheet);
  }

  private static List<TalkItem> items(Job job, Past.Page page) {
    Talk talk = new Talk(job.id().toString());
    boolean isOver = job.isFinished();
    return page.items().stream().flatMap(item -> talk.of(item, isOver).stream()).toList();
  }

  private Job find(long number) {
    return Optional.of(number)
        .filter(it -> it > 0)
        .flatMap(it -> store.find(new JobId(it)))
        .orElseThrow(() -> NoSuchJobException.of(number));
  }
}
