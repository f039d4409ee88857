package dev.knight.web;

import dev.knight.api.NoSuchJobException;
import dev.knight.api.Problem;
import dev.knight.api.WrongStateException;
import dev.knight.hygiene.Redactor;
import dev.knight.job.IllegalTransitionException;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.RefusedException;
import dev.knight.job.UnavailableException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns what went wrong into a status that says who must act, and one sentence. */
@Singleton
final class ErrorAnswers {
  private static final Logger LOG = Logger.getLogger(ErrorAnswers.class);

  /**
   * Refused by GitHub or by knight's rules: the status for what is understood and cannot be done.
   */
  private static final int REFUSED = 422;

  private final Redactor redactor;

  ErrorAnswers(Redactor redactor) {
    this.redactor = redactor;
  }

  @ServerExceptionMapper
  Response wrong(IllegalArgumentException badRequest) {
    return answer(Status.BAD_REQUEST.getStatusCode(), badRequest);
  }

  @ServerExceptionMapper
  Response missing(NoSuchJobException unknown) {
    return answer(Status.NOT_FOUND.getStatusCode(), unknown);
  }

  @ServerExceptionMapper
  Response untimely(WrongStateException untimely) {
    return answer(Status.PRECONDITION_FAILED.getStatusCode(), untimely);
  }

  @ServerExceptionMapper
  Response untimely(IllegalTransitionException untimely) {
    return answer(Status.PRECONDITION_FAILED.getStatusCode(), untimely);
  }

  @ServerExceptionMapper
  Response refused(RefusedException refused) {
    return answer(REFUSED, refused);
  }

  @ServerExceptionMapper
  Response misconfigured(MisconfiguredException misconfigured) {
    return answer(Status.CONFLICT.getStatusCode(), misconfigured);
  }

  @ServerExceptionMapper
  Response unavailable(UnavailableException passing) {
    return answer(Status.SERVICE_UNAVAILABLE.getStatusCode(), passing);
  }

  @ServerExceptionMapper
  Response http(WebApplicationException refused) {
    Status status = Status.fromStatusCode(refused.getResponse().getStatus());
    String sentence = status == null ? "This cannot be answered" : status.getReasonPhrase();
    return answer(refused.getResponse().getStatus(), sentence);
  }

  @ServerExceptionMapper
  Response bug(RuntimeException bug) {
    LOG.error("The API could not answer", bug);
    return answer(
        Status.INTERNAL_SERVER_ERROR.getStatusCode(),
        "Something went wrong inside knight; its log says what");
  }

  private Response answer(int status, Exception problem) {
    return answer(status, String.valueOf(problem.getMessage()));
  }

  private Response answer(int status, String sentence) {
    return Response.status(status)
        .type(MediaType.APPLICATION_JSON)
        .entity(new Problem(redactor.text(sentence)))
        .build();
  }
}
