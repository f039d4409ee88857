package dev.knight.dashboard;

import dev.knight.dashboard.HistoryView.Choice;
import dev.knight.dashboard.Pulse.Watched;
import dev.knight.job.Job;
import dev.knight.job.JobId;
import dev.knight.job.JobQuery;
import dev.knight.job.JobStore;
import dev.knight.job.RepositoryName;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriBuilder;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code /history}: all jobs, to be searched. */
@Singleton
@Path("/history")
final class HistoryPage {
  private static final int MOST = 50;

  private final Pages pages;
  private final JobStore store;
  private final Pulse pulse;
  private final JobLines lines;

  HistoryPage(Pages pages, JobStore store, Pulse pulse, JobLines lines) {
    this.pages = pages;
    this.store = store;
    this.pulse = pulse;
    this.lines = lines;
  }

  @GET
  @Produces(MediaType.TEXT_HTML)
  @Operation(hidden = true)
  public String show(
      @QueryParam("text") @DefaultValue("") String text,
      @QueryParam("state") @DefaultValue("") String state,
      @QueryParam("repository") @DefaultValue("") String repository,
      @QueryParam("requester") @DefaultValue("") String requester,
      @QueryParam("before") @DefaultValue("0") long before) {
    Sought sought =
        new Sought(text.strip(), state.strip(), repository.strip(), requester.strip(), before);
    String wrong = "";
    List<Job> found = List.of();
    try {
      found = store.jobs(sought.query());
    } catch (IllegalArgumentException unanswerable) {
      wrong = lines.line(String.valueOf(unanswerable.getMessage()));
    }
    return Templates.history(
            pages.frame(Section.HISTORY, "History", "", null), view(sought, found, wrong))
        .render();
  }

  private HistoryView view(Sought sought, List<Job> found, String wrong) {
    List<Job> shown = found.subList(0, Math.min(MOST, found.size()));
    return new HistoryView(
        sought.text(),
        sought.requester(),
        JobQuery.STATES.stream().map(it -> new Choice(it, it.equals(sought.state()))).toList(),
        Stream.concat(
                pulse.read().repositories().stream().map(Watched::name).map(Object::toString),
                Stream.of(sought.repository()).filter(it -> !it.isEmpty()))
            .distinct()
            .map(it -> new Choice(it, it.equals(sought.repository())))
            .toList(),
        shown.stream().map(lines::of).toList(),
        wrong,
        found.size() > MOST ? sought.older(shown.getLast().id()) : "",
        sought.isSomething(),
        sought.before() > 0);
  }

  /** What the address asks for. */
  private record Sought(
      String text, String state, String repository, String requester, long before) {
    /** One more than is shown tells whether there are more. */
    JobQuery query() {
      return new JobQuery(
          state.isEmpty() ? Set.of() : Set.of(state),
          given(repository).map(RepositoryName::parse),
          given(requester),
          text,
          before > 0 ? Optional.of(new JobId(before)) : Optional.empty(),
          MOST + 1);
    }

    boolean isSomething() {
      return Stream.of(text, state, repository, requester).anyMatch(it -> !it.isEmpty());
    }

    String older(JobId last) {
      UriBuilder address = UriBuilder.fromPath("/history").queryParam("before", last.value());
      given(text).ifPresent(it -> address.queryParam("text", "{text}"));
      given(state).ifPresent(it -> address.queryParam("state", "{state}"));
      given(repository).ifPresent(it -> address.queryParam("repository", "{repository}"));
      given(requester).ifPresent(it -> address.queryParam("requester", "{requester}"));
      return address
          .resolveTemplate("text", text)
          .resolveTemplate("state", state)
          .resolveTemplate("repository", repository)
          .resolveTemplate("requester", requester)
          .build()
          .toString();
    }

    private static Optional<String> given(String word) {
      return Optional.of(word).filter(it -> !it.isEmpty());
    }
  }
}
