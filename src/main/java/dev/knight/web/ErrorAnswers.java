package dev.knight.web;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.knight.api.DoorPages;
import dev.knight.api.NoSuchJobException;
import dev.knight.api.Problem;
import dev.knight.api.WrongStateException;
import dev.knight.hygiene.Redactor;
import dev.knight.job.IllegalTransitionException;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.RefusedException;
import dev.knight.job.UnavailableException;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Turns what went wrong into a status that says who must act, and one sentence. */
@Singleton
final class ErrorAnswers {
  private static final Logger LOG = Logger.getLogger(ErrorAnswers.class);

  /**
   * Refused by GitHub or by knight's rules: the status for what is understood and cannot be done.
   */
  private static final int REFUSED = 422;

  private final Redactor redactor;
  private final Provider<DoorPages> pages;

  ErrorAnswers(Redactor redactor, Provider<DoorPages> pages) {
    this.redactor = redactor;
    this.pages = pages;
  }

  @ServerExceptionMapper
  Response wrong(IllegalArgumentException badRequest, ContainerRequestContext asked) {
    return answer(asked, Status.BAD_REQUEST.getStatusCode(), badRequest);
  }

  /** The framework would tell of its classes. */
  @ServerExceptionMapper
  Response unreadable(ContainerRequestContext request, MismatchedInputException notWhatIsAskedFor) {
    LOG.debugf("Not understood: %s", notWhatIsAskedFor.getMessage());
    return answer(
        request, Status.BAD_REQUEST.getStatusCode(), "This JSON is not what is asked for here");
  }

  @ServerExceptionMapper
  Response missing(NoSuchJobException unknown, ContainerRequestContext asked) {
    return answer(asked, Status.NOT_FOUND.getStatusCode(), unknown);
  }

  @ServerExceptionMapper
  Response untimely(WrongStateException untimely, ContainerRequestContext asked) {
    return answer(asked, Status.PRECONDITION_FAILED.getStatusCode(), untimely);
  }

  @ServerExceptionMapper
  Response untimely(IllegalTransitionException untimely, ContainerRequestContext asked) {
    return answer(asked, Status.PRECONDITION_FAILED.getStatusCode(), untimely);
  }

  @ServerExceptionMapper
  Response refused(RefusedException refused, ContainerRequestContext asked) {
    return answer(asked, REFUSED, refused);
  }

  @ServerExceptionMapper
  Response misconfigured(MisconfiguredException misconfigured, ContainerRequestContext asked) {
    return answer(asked, Status.CONFLICT.getStatusCode(), misconfigured);
  }

  @ServerExceptionMapper
  Response unavailable(UnavailableException passing, ContainerRequestContext asked) {
    return answer(asked, Status.SERVICE_UNAVAILABLE.getStatusCode(), passing);
  }

  @ServerExceptionMapper
  Response http(WebApplicationException refused, ContainerRequestContext asked) {
    Status status = Status.fromStatusCode(refused.getResponse().getStatus());
    return answer(asked, refused.getResponse().getStatus(), sentence(status));
  }

  /** The framework says no more than its status; a word where a number belongs is a 404 to it. */
  private static String sentence(@Nullable Status status) {
    if (status == null) {
      return "This cannot be answered";
    }
    return switch (status) {
      case NOT_FOUND -> "Nothing is at this address, or a number in it is none";
      case BAD_REQUEST -> "This is not JSON, or not what is asked for here";
      default -> status.getReasonPhrase();
    };
  }

  @ServerExceptionMapper
  Response bug(RuntimeException bug, ContainerRequestContext asked) {
    LOG.error("The API could not answer", bug);
    return answer(
        asked,
        Status.INTERNAL_SERVER_ERROR.getStatusCode(),
        "Something went wrong inside knight; its log says what");
  }

  private Response answer(ContainerRequestContext asked, int status, Exception problem) {
    return answer(asked, status, String.valueOf(problem.getMessage()));
  }

  private Response answer(ContainerRequestContext asked, int status, String sentence) {
    boolean isPage =
        DoorRules.isPage("/" + asked.getUriInfo().getPath().replaceFirst("^/", ""))
            && asked.getAcceptableMediaTypes().contains(MediaType.TEXT_HTML_TYPE);
    if (isPage) {
      return Response.status(status)
          .type(MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
          .entity(pages.get().problem(status, redactor.text(sentence)))
          .build();
    }
    return Response.status(status)
        .type(MediaType.APPLICATION_JSON)
        .entity(new Problem(redactor.text(sentence)))
        .build();
  }
}
