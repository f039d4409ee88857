package dev.knight.web;

import dev.knight.api.BackupView;
import dev.knight.api.Diff;
import dev.knight.api.EnqueueRequest;
import dev.knight.api.JobDetails;
import dev.knight.api.JobView;
import dev.knight.api.JobWork;
import dev.knight.api.KnightApi;
import dev.knight.api.MemoryApi;
import dev.knight.api.NoSuchJobException;
import dev.knight.api.Notices;
import dev.knight.api.StatsView;
import dev.knight.api.SteerRequest;
import dev.knight.api.WrongStateException;
import dev.knight.job.Backups;
import dev.knight.job.Event;
import dev.knight.job.HandRequests;
import dev.knight.job.IssueUrl;
import dev.knight.job.Job;
import dev.knight.job.JobId;
import dev.knight.job.JobQuery;
import dev.knight.job.JobState.Failed;
import dev.knight.job.JobState.Finished;
import dev.knight.job.JobState.NeedsYou;
import dev.knight.job.JobState.Queued;
import dev.knight.job.JobState.Retrying;
import dev.knight.job.JobState.Running;
import dev.knight.job.JobStore;
import dev.knight.job.Mention;
import dev.knight.job.RepositoryName;
import dev.knight.job.RequestKey;
import dev.knight.job.StoredMention;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Answers the API from the store. What takes requests by hand talks to GitHub, so it is made only
 * when it is asked for: a listing needs no token.
 */
@Singleton
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
final class JobsResource implements KnightApi {
  /** A job changes a few times a second at most; who loses this often meets a bug. */
  private static final int TRIES = 20;

  private final JobStore store;
  private final Provider<HandRequests> requests;
  private final Views views;
  private final JobWork work;
  private final Backups backups;
  private final Parts parts;
  private final InstantSource clock;

  JobsResource(
      JobStore store,
      Provider<HandRequests> requests,
      Views views,
      JobWork work,
      Backups backups,
      Parts parts,
      InstantSource clock) {
    this.store = store;
    this.requests = requests;
    this.views = views;
    this.work = work;
    this.backups = backups;
    this.parts = parts;
    this.clock = clock;
  }

  /** The page of {@link #jobs} as it is asked for over HTTP. */
  @GET
  @Path(PATH)
  @Operation(
      summary = "List jobs",
      description =
          "The newest first. What is not said leaves nothing out. For the next page, say the last"
              + " job of this one as `before`.")
  public List<JobView> jobs(
      @Parameter(
              description =
                  "only these: queued, running, retrying, needs-you, done, no-change, failed,"
                      + " stopped; several, or parted by commas",
              example = "needs-you")
          @QueryParam("state")
          List<String> states,
      @Parameter(description = "only of this one, as owner/name", example = "ada/engine")
          @QueryParam("repository")
          @Nullable String repository,
      @Parameter(description = "only what this login asked for") @QueryParam("requester")
          @Nullable String requester,
      @Parameter(
              description =
                  "only with all these words in the title, the repository, the requester, what was"
                      + " asked or what came of it; #7 is the number of a job or issue")
          @QueryParam("text")
          @DefaultValue("")
          String text,
      @Parameter(description = "only jobs that are older than this one") @QueryParam("before")
          @Nullable Long before,
      @Parameter(description = "at most so many, up to 1000")
          @QueryParam("limit")
          @DefaultValue("100")
          int limit) {
    return jobs(
        new JobQuery(
            states.stream()
                .flatMap(some -> Stream.of(some.split(",")))
                .filter(state -> !state.isBlank())
                .map(String::strip)
                .collect(Collectors.toSet()),
            given(repository).map(RepositoryName::parse),
            given(requester),
            text,
            Optional.ofNullable(before).map(JobId::new),
            limit));
  }

  private static Optional<String> given(@Nullable String parameter) {
    return Optional.ofNullable(parameter).filter(it -> !it.isBlank());
  }

  @Override
  public List<JobView> jobs(JobQuery query) {
    return store.jobs(KnightApi.bounded(query)).stream().map(views::of).toList();
  }

  @Override
  @GET
  @Path(PATH + "/{job}")
  @Operation(
      summary = "Show a job",
      description = "With its story and all that it wrote to GitHub.")
  public JobDetails show(@PathParam("job") long job) {
    return views.whole(find(job));
  }

  @Override
  @GET
  @Path(PATH + "/{job}/diff")
  @Produces(MediaType.TEXT_PLAIN + "; charset=UTF-8")
  @Operation(
      summary = "Show what a job changes",
      description = "As a patch. Empty while there is nothing.")
  public String diff(@PathParam("job") long job) {
    return work.diff(find(job)).map(Diff::text).orElse("");
  }

  /** {@link #enqueue} as it is asked for over HTTP, where the key may be a header. */
  @POST
  @Path(PATH)
  @Operation(
      summary = "Ask for work",
      description =
          "Makes a job for the issue, or joins the active one of it. A request whose key was taken"
              + " within the last 30 days changes nothing and is answered by its job; another"
              + " request with the same key is a 422.")
  public JobView enqueue(
      @Parameter(description = "what makes it happen once; the same as `key` in the body")
          @HeaderParam("Idempotency-Key")
          @Nullable String key,
      @Nullable EnqueueRequest request) {
    if (request == null || key == null) {
      return enqueue(request);
    }
    if (request.key().filter(other -> !other.equals(key)).isPresent()) {
      throw new IllegalArgumentException("The header names another key than the body");
    }
    return enqueue(request.under(key));
  }

  @Override
  public JobView enqueue(@Nullable EnqueueRequest request) {
    if (request == null || request.url() == null) {
      throw new IllegalArgumentException("Send {\"url\": ..., \"text\": ...}");
    }
    Optional<String> text = request.text().map(String::strip).filter(it -> !it.isEmpty());
    if (text.filter(it -> it.length() > EnqueueRequest.LONGEST).isPresent()) {
      throw new IllegalArgumentException(
          "The request is longer than %d characters".formatted(EnqueueRequest.LONGEST));
    }
    IssueUrl url = IssueUrl.parse(request.url());
    Optional<RequestKey> key = request.key().map(it -> RequestKey.of(it, url, text));
    return views.of(requests.get().enqueue(url, text, key));
  }

  @Override
  @POST
  @Path(PATH + "/{job}/steer")
  @Operation(
      summary = "Say something to a job",
      description =
          "Its agent hears it while it works, or as soon as it does; a job that waits for an answer"
              + " takes it as that. Answers with the job that serves it.")
  public JobView steer(@PathParam("job") long job, @Nullable SteerRequest request) {
    Job found = find(job);
    if (found.isFinished()) {
      throw new WrongStateException(
          "Job %d is %s, so nobody hears it; ask for more in its pull request or issue"
              .formatted(job, found.state().word()));
    }
    Instant now = clock.instant();
    return views.of(store.accept(OperatorsWord.of(found, asked(found), request, now), now));
  }

  @Override
  @POST
  @Path(PATH + "/{job}/stop")
  @Operation(summary = "Call a job off", description = "Whatever it is doing; its work is kept.")
  public JobView stop(@PathParam("job") long job) {
    return change(
        job,
        "stopped",
        "Stopped by knight stop.",
        (it, now) -> it.stop("Stopped by the operator.", now));
  }

  @Override
  @POST
  @Path(PATH + "/{job}/retry")
  @Operation(
      summary = "Try again",
      description =
          "A job that waits for its next try is due at once; one that waits for a person goes on"
              + " without an answer; one that a limit ended has the same budget once more; any other"
              + " finished one is asked for anew. Answers with the job that will run.")
  public JobView retry(@PathParam("job") long job) {
    Job found = find(job);
    return switch (found.state()) {
      case Retrying _ ->
          change(job, "retry", "Tried again at once by knight retry.", Job::retryNow);
      case Failed(_, _, boolean limited) when limited -> extend(found);
      case Finished _ -> again(found);
      case Queued _, Running _ ->
          throw new WrongStateException(
              "Job %1$d is %2$s already; there is nothing to retry, and knight show %1$d tells how it goes"
                  .formatted(job, found.state().word()));
      case NeedsYou _ ->
          change(job, "retry", "Wanted again by knight retry, without an answer.", Job::answer);
    };
  }

  private JobView extend(Job ended) {
    Optional<Job> other =
        store.jobs(MOST_JOBS).stream()
            .filter(job -> job.subject().equals(ended.subject()) && !job.isFinished())
            .findFirst();
    if (other.isPresent()) {
      throw new WrongStateException(
          "Job %1$s of the same issue is under way: try again when it has ended; knight show %1$s tells how it goes"
              .formatted(other.get().id()));
    }
    return change(
        ended.id().value(),
        "extended",
        "Given the same budget once more by knight retry.",
        (it, now) -> it.extend("knight retry", now, now));
  }

  @Override
  @POST
  @Path(PATH + "/{job}/release")
  @Operation(summary = "Let through what a job holds", description = "It publishes exactly that.")
  public JobView release(@PathParam("job") long job) {
    Job found = find(job);
    if (found.isPlanned()) {
      return change(
          job,
          "approved",
          "The plan is agreed to by knight release.",
          (it, now) -> it.approve("knight release", Optional.empty(), now));
    }
    if (!found.isHeld()) {
      throw new WrongStateException(
          "Job %1$d is %2$s and holds nothing back, so there is nothing to release; knight show %1$d tells how it stands"
              .formatted(job, found.state().word()));
    }
    return change(
        job,
        "let-through",
        "What was held is let through by knight release.",
        (it, now) -> it.letThrough("knight release", now));
  }

  @Override
  @GET
  @Path(STATS)
  @Operation(summary = "What jobs have cost and come to")
  public StatsView stats(
      @Parameter(description = "so many days, with today") @QueryParam("days") @DefaultValue("30")
          int days) {
    return parts.statistics().of(days, clock.instant());
  }

  @Override
  public MemoryApi memory() {
    return parts.memory();
  }

  @Override
  public Notices notices() {
    return parts.notices();
  }

  @Override
  @POST
  @Path(BACKUPS)
  @Operation(
      summary = "Copy the store",
      description = "Into knight's home, from where you are to move it.")
  public BackupView backup() {
    java.nio.file.Path copy = backups.make();
    return new BackupView(copy.toString(), copy.toFile().length());
  }

  private Job find(long job) {
    return Optional.of(job)
        .filter(number -> number > 0)
        .flatMap(number -> store.find(new JobId(number)))
        .orElseThrow(() -> NoSuchJobException.of(job));
  }

  /** A worker may write the job between our reading and our writing: then we read again. */
  private JobView change(long job, String kind, String told, BiFunction<Job, Instant, Job> verb) {
    for (int i = 0; i < TRIES; i++) {
      Job before = find(job);
      Instant now = clock.instant();
      Event event = Event.of(before.id(), now, kind, told);
      Optional<Job> stored = store.replace(before, verb.apply(before, now), List.of(event));
      if (stored.isPresent()) {
        return views.of(stored.get());
      }
    }
    throw new WrongStateException("Job %d changes too fast; try again".formatted(job));
  }

  private JobView again(Job ended) {
    Instant now = clock.instant();
    return views.of(store.accept(OperatorsWord.again(ended, asked(ended), now), now));
  }

  private List<Mention> asked(Job job) {
    return store.mentions(job.id()).stream().map(StoredMention::mention).toList();
  }
}
