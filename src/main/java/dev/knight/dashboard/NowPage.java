package dev.knight.dashboard;

import dev.knight.api.KnightApi;
import dev.knight.api.StatsView;
import dev.knight.dashboard.NowView.First;
import dev.knight.dashboard.NowView.Health;
import dev.knight.dashboard.Pulse.Reading;
import dev.knight.dashboard.Pulse.Watched;
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
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** {@code /}: what goes on, and what waits for whom. */
@Singleton
@Path("/")
final class NowPage {
  private static final String LIVE = "/live/now";
  private static final int HUNDRED = 100;

  private final Pages pages;
  private final LivePages live;
  private final Board jobs;
  private final KnightApi api;
  private final Pulse pulse;
  private final JobLines lines;
  private final DashboardSettings settings;

  NowPage(
      Pages pages,
      LivePages live,
      Board jobs,
      KnightApi api,
      Pulse pulse,
      JobLines lines,
      DashboardSettings settings) {
    this.pages = pages;
    this.live = live;
    this.jobs = jobs;
    this.api = api;
    this.pulse = pulse;
    this.lines = lines;
    this.settings = settings;
  }

  void mount(@Observes Router router) {
    live.mount(router, LIVE, this::now);
  }

  private LivePages.View now() {
    NowView view = view();
    return new LivePages.View(Templates.now(pages.bare("Now"), view), view);
  }

  @GET
  @Produces(MediaType.TEXT_HTML)
  @Operation(hidden = true)
  public String show(@QueryParam(Pages.NOTICE) @Nullable String notice) {
    return Templates.now(pages.frame(Section.NOW, "Now", LIVE, notice), view()).render();
  }

  private NowView view() {
    NowJobs now = jobs.now();
    Reading service = pulse.read();
    return new NowView(
        now,
        health(service, now.running().size()),
        now.isNone()
            ? service.repositories().stream().limit(1).map(this::first).toList()
            : List.of());
  }

  private First first(Watched repository) {
    return new First(
        repository.name().toString(),
        settings.github().resolve("/%s/issues".formatted(repository.name())).toString(),
        "@" + settings.name());
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
}
