package dev.knight.dashboard;

import dev.knight.api.KnightApi;
import dev.knight.api.NoSuchJobException;
import dev.knight.api.StatsRow;
import dev.knight.dashboard.Notices.Notice;
import dev.knight.dashboard.Pulse.Watched;
import dev.knight.dashboard.RepositoriesView.Card;
import dev.knight.dashboard.RepositoriesView.Rule;
import dev.knight.job.Convention;
import dev.knight.job.Convention.Stage;
import dev.knight.job.JobQuery;
import dev.knight.job.JobStore;
import dev.knight.job.RepositoryConfigCopy;
import dev.knight.memory.Memory;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** {@code /repositories}: how each is, and what knight keeps in mind of it. */
@Singleton
@Path("/repositories")
final class RepositoriesPage {
  private static final String PATH = "/repositories";
  private static final String LIVE = "/live/repositories";
  private static final Set<String> UNDER_WAY = Set.of("queued", "running", "retrying", "needs-you");
  private static final int MOST = 1_000;
  private static final int DAYS = 30;

  private final Pages pages;
  private final LivePages live;
  private final JobStore store;
  private final KnightApi api;
  private final Memory memory;
  private final Pulse pulse;
  private final JobLines lines;
  private final DashboardSettings settings;

  RepositoriesPage(
      Pages pages,
      LivePages live,
      JobStore store,
      KnightApi api,
      Memory memory,
      Pulse pulse,
      JobLines lines,
      DashboardSettings settings) {
    this.pages = pages;
    this.live = live;
    this.store = store;
    this.api = api;
    this.memory = memory;
    this.pulse = pulse;
    this.lines = lines;
    this.settings = settings;
  }

  void mount(@Observes Router router) {
    live.mount(router, LIVE, this::now);
  }

  private LivePages.View now() {
    RepositoriesView view = view();
    return new LivePages.View(Templates.repositories(pages.bare("Repositories"), view), view);
  }

  @GET
  @Produces(MediaType.TEXT_HTML)
  @Operation(hidden = true)
  public String show(@QueryParam(Pages.NOTICE) @Nullable String notice) {
    return Templates.repositories(
            pages.frame(Section.REPOSITORIES, "Repositories", LIVE, notice), view())
        .render();
  }

  @POST
  @Path("/memory/{id}/confirm")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Operation(hidden = true)
  public Response confirm(@PathParam("id") long id) {
    return done(() -> api.memory().confirm(id), "Jobs are told of it from now on.");
  }

  @POST
  @Path("/memory/{id}/forget")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Operation(hidden = true)
  public Response forget(@PathParam("id") long id) {
    return done(() -> api.memory().forget(id), "It is forgotten.");
  }

  private Response done(Runnable verb, String sentence) {
    try {
      verb.run();
      return pages.goOn(PATH, new Notice(sentence, false));
    } catch (NoSuchJobException gone) {
      return pages.goOn(PATH, new Notice(String.valueOf(gone.getMessage()), true));
    }
  }

  private RepositoriesView view() {
    Map<String, StatsRow> figures =
        api.stats(DAYS).byRepository().stream()
            .collect(Collectors.toMap(StatsRow::name, Function.identity()));
    Map<String, Long> active =
        store.jobs(JobQuery.newest(MOST).in(UNDER_WAY)).stream()
            .collect(
                Collectors.groupingBy(
                    job -> job.subject().repository().key(), Collectors.counting()));
    return new RepositoriesView(
        pulse.read().repositories().stream()
            .map(it ->
                card(
                    it,
                    Optional.ofNullable(figures.get(it.name().toString())),
                    active.getOrDefault(it.name().key(), 0L)))
            .toList(),
        DAYS);
  }

  private Card card(Watched watched, Optional<StatsRow> figures, long active) {
    String name = watched.name().toString();
    Optional<RepositoryConfigCopy> copy = store.configuration(watched.name());
    boolean isBroken = copy.filter(it -> !it.reported().isEmpty()).isPresent();
    boolean isWatched = watched.lookedAt().isPresent();
    boolean isTroubled = watched.trouble().isPresent();
    return new Card(
        name,
        settings.github().resolve("/" + name).toString(),
        isTroubled ? "bad" : isWatched ? "good" : "warn",
        isTroubled ? "not watched" : isWatched ? "watched" : "not looked at yet",
        lines.line(watched.trouble().orElse("")),
        watched.lookedAt().map(Moment::of).stream().toList(),
        copy.isEmpty() ? "" : isBroken ? "bad" : "good",
        copy.map(it -> isBroken ? broken(it) : "read and good")
            .orElse("none was there when a job last looked"),
        Long.toString(active),
        Figures.count(figures.map(StatsRow::jobs).orElse(0L)),
        Figures.count(figures.map(StatsRow::pullRequests).orElse(0L)),
        Figures.count(figures.map(StatsRow::merged).orElse(0L)),
        Figures.money(figures.map(StatsRow::costUsd).orElse(BigDecimal.ZERO)),
        "/history?repository=" + name,
        memory.living(Optional.of(watched.name())).stream().map(this::rule).toList());
  }

  private static String broken(RepositoryConfigCopy copy) {
    return copy.text().isEmpty()
        ? "broken, so it is left out"
        : "broken, so the last good one holds";
  }

  private Rule rule(Convention one) {
    return new Rule(
        one.id(),
        lines.line(one.rule()),
        one.stage() == Stage.CONFIRMED ? "holds" : "not confirmed",
        lines.line(one.by().login()),
        Optional.of(one.source()).filter(lines::isOnGitHub).map(URI::toString).orElse(""),
        one.stage() == Stage.CANDIDATE);
  }
}
