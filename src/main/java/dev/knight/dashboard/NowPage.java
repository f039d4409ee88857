package dev.knight.dashboard;

import dev.knight.api.KnightApi;
import dev.knight.api.StatsView;
import dev.knight.dashboard.NowView.Ask;
import dev.knight.dashboard.NowView.First;
import dev.knight.dashboard.NowView.Health;
import dev.knight.dashboard.Pulse.Reading;
import dev.knight.dashboard.Pulse.Watched;
import dev.knight.job.Hold;
import dev.knight.job.Job;
import dev.knight.job.JobQuery;
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
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** {@code /}: what goes on, and what waits for whom. */
@Singleton
@Path("/")
final class NowPage {
  private static final String LIVE = "/live/now";
  private static final Set<String> UNDER_WAY = Set.of("queued", "running", "retrying", "needs-you");
  private static final Set<String> OVER = Set.of("done", "no-change", "failed", "stopped");
  private static final int MOST = 200;
  private static final int ENDED = 8;
  private static final int LONGEST = 20_000;
  private static final int HUNDRED = 100;

  private final Pages pages;
  private final LivePages live;
  private final JobStore store;
  private final KnightApi api;
  private final Pulse pulse;
  private final JobLines lines;
  private final DashboardSettings settings;

  NowPage(
      Pages pages,
      LivePages live,
      JobStore store,
      KnightApi api,
      Pulse pulse,
      JobLines lines,
      DashboardSettings settings) {
    this.pages = pages;
    this.live = live;
    this.store = store;
    this.api = api;
    this.pulse = pulse;
    this.lines = lines;
    this.settings = settings;
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
  @Operation(hidden = true)
  public String show(@QueryParam(Pages.NOTICE) @Nullable String notice) {
    return Templates.now(pages.frame(Section.NOW, "Now", LIVE, notice), view()).render();
  }

  private NowView view() {
    List<Ask> waiting = new ArrayList<>();
    List<JobLine> running = new ArrayList<>();
    List<JobLine> queued = new ArrayList<>();
    List<Job> underWay = new ArrayList<>(store.jobs(JobQuery.newest(MOST).in(UNDER_WAY)));
    underWay.sort(Comparator.comparing(Job::updatedAt));
    for (Job job : underWay) {
      switch (job.state()) {
        case NeedsYou needs -> waiting.add(ask(job, needs));
        case Running _ -> running.add(lines.of(job));
        case Queued _, Retrying _ -> queued.add(lines.of(job));
        case Finished _ -> {} // it has ended since it was asked for
      }
    }
    running.sort(Comparator.comparingLong(JobLine::id));
    List<JobLine> ended =
        store.jobs(JobQuery.newest(ENDED).in(OVER)).stream().map(lines::of).toList();
    Reading service = pulse.read();
    boolean isNew = underWay.isEmpty() && ended.isEmpty();
    return new NowView(
        waiting,
        running,
        queued,
        ended,
        health(service, running.size()),
        isNew ? service.repositories().stream().limit(1).map(this::first).toList() : List.of());
  }

  private First first(Watched repository) {
    return new First(
        repository.name().toString(),
        settings.github().resolve("/%s/issues".formatted(repository.name())).toString(),
        "@" + settings.name());
  }

  private Ask ask(Job job, NeedsYou needs) {
    return new Ask(
        lines.of(job),
        bounded(lines.lines(needs.question())),
        job.isHeld() ? bounded(lines.lines(job.hold().map(Hold::diff).orElse(""))) : "",
        job.isHeld() ? "release" : job.isPlanned() ? "approval" : "answer");
  }

  private Health health(Reading now, int busy) {
    StatsView today = api.stats(1);
    Optional<BigDecimal> perDay = today.perDayUsd();
    return new Health(
        now.problems().stream().map(lines::line).toList(),
        Figures.money(today.todayUsd()),
        perDay.map(Figures::money).orElse(""),
        perDay.map(limit -> part(today.todayUsd(), limit)).orElse(0),
        "%d of %d".formatted(busy, now.workers()),
        now.quota()
            .map(it ->
                "%s of %s".formatted(Figures.count(it.remaining()), Figures.count(it.limit())))
            .orElse(""),
        now.quota()
            .map(it -> part(BigDecimal.valueOf(it.remaining()), BigDecimal.valueOf(it.limit())))
            .orElse(0),
        now.quota().map(Pulse.Quota::resetAt).map(Moment::of).stream().toList(),
        longestAgo(now).stream().toList(),
        now.isPolling() ? "" : "off: only knight enqueue brings jobs",
        now.freeBytes().isPresent() ? Figures.bytes(now.freeBytes().getAsLong()) : "");
  }

  /** Known once each repository was looked at. */
  private static Optional<Moment> longestAgo(Reading now) {
    boolean isWhole = now.repositories().stream().allMatch(it -> it.lookedAt().isPresent());
    return isWhole
        ? now.repositories().stream()
            .map(Watched::lookedAt)
            .flatMap(Optional::stream)
            .min(Comparator.naturalOrder())
            .map(Moment::of)
        : Optional.empty();
  }

  private static int part(BigDecimal some, BigDecimal all) {
    return all.signum() <= 0
        ? HUNDRED
        : some.multiply(BigDecimal.valueOf(HUNDRED))
            .divide(all, 0, RoundingMode.HALF_UP)
            .min(BigDecimal.valueOf(HUNDRED))
            .intValue();
  }

  private static String bounded(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "\n…";
  }
}
