package dev.knight.dashboard;

import dev.knight.api.JobView;
import dev.knight.api.KnightApi;
import dev.knight.api.SteerRequest;
import dev.knight.api.WrongStateException;
import dev.knight.dashboard.Notices.Notice;
import dev.knight.hygiene.Redactor;
import dev.knight.job.IllegalTransitionException;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.RefusedException;
import dev.knight.job.UnavailableException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/**
 * What a person does to a job on a page: the same verbs as on the command line. The answer is a
 * notice on the page that the form came from: {@code back} is {@code now}, or anything else for the
 * job's own page.
 */
@Singleton
@Path("/jobs/{job}")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
final class JobForms {
  private final KnightApi api;
  private final Pages pages;
  private final Redactor redactor;

  JobForms(KnightApi api, Pages pages, Redactor redactor) {
    this.api = api;
    this.pages = pages;
    this.redactor = redactor;
  }

  @POST
  @Operation(hidden = true)
  @Path("/stop")
  public Response stop(@PathParam("job") long job, @FormParam("back") @Nullable String back) {
    return done(job, back, () -> api.stop(job), "Job %d is stopped.");
  }

  @POST
  @Operation(hidden = true)
  @Path("/retry")
  public Response retry(@PathParam("job") long job, @FormParam("back") @Nullable String back) {
    return done(job, back, () -> api.retry(job), "Job %d goes on.");
  }

  @POST
  @Operation(hidden = true)
  @Path("/release")
  public Response release(@PathParam("job") long job, @FormParam("back") @Nullable String back) {
    return done(job, back, () -> api.release(job), "Job %d goes on with what you let through.");
  }

  @POST
  @Operation(hidden = true)
  @Path("/steer")
  public Response steer(
      @PathParam("job") long job,
      @FormParam("text") @Nullable String text,
      @FormParam("back") @Nullable String back) {
    SteerRequest request = new SteerRequest(Optional.ofNullable(text).orElse(""), Optional.empty());
    return done(job, back, () -> api.steer(job, request), "Job %d is told.");
  }

  private Response done(long job, @Nullable String back, Supplier<JobView> verb, String sentence) {
    boolean isNow = "now".equals(back);
    try {
      long result = verb.get().id(); // another one, if the same is asked for again
      return pages.goOn(
          isNow ? "/" : "/jobs/" + result, new Notice(sentence.formatted(result), false));
    } catch (WrongStateException
        | IllegalTransitionException
        | IllegalArgumentException
        | RefusedException
        | MisconfiguredException
        | UnavailableException refused) {
      String reason = redactor.text(String.valueOf(refused.getMessage()));
      return pages.goOn(isNow ? "/" : "/jobs/" + job, new Notice(reason, true));
    }
  }
}
