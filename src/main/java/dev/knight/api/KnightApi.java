package dev.knight.api;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked of knight. Every method throws {@link NoSuchJobException} for a number that no
 * job has; a verb that the job's state does not allow throws {@link WrongStateException}.
 */
@Path(KnightApi.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public interface KnightApi {
  /** Where it stands on the server. */
  String PATH = "/api/jobs";

  /** A listing never has more. */
  int MOST_JOBS = 1000;

  /**
   * The newest jobs, newest first.
   *
   * @param limit from 1 to {@link #MOST_JOBS}
   */
  @GET
  List<JobView> jobs(@QueryParam("limit") @DefaultValue("100") int limit);

  /** One job with its story. */
  @GET
  @Path("{job}")
  JobDetails show(@PathParam("job") long job);

  /**
   * Accepts a request by hand: it makes a job, or joins the active one of its issue. Without one,
   * as from an empty body, it throws {@link IllegalArgumentException}.
   */
  @POST
  JobView enqueue(@Nullable EnqueueRequest request);

  /** Calls a job off, whatever it is doing. */
  @POST
  @Path("{job}/stop")
  JobView stop(@PathParam("job") long job);

  /**
   * Tries again. A job that waits for its next try becomes due at once; a finished one is asked for
   * anew with the same words, which makes another job, or joins the one that is active on the same
   * issue by now.
   *
   * @return the job that will run
   */
  @POST
  @Path("{job}/retry")
  JobView retry(@PathParam("job") long job);
}
