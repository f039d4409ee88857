package dev.knight.web;

import dev.knight.api.KnightApi;
import dev.knight.api.LiveLine;
import dev.knight.api.LivePosition;
import dev.knight.api.NoSuchJobException;
import dev.knight.job.JobId;
import dev.knight.job.UnavailableException;
import dev.knight.live.Feeds;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * {@code GET /api/v1/jobs/JOB/live?after=POSITION}: what happens in a job, a JSON object a line,
 * until it is over. Each line waits until the one before has left, so a client that reads slowly
 * fills nothing here.
 */
@Singleton
final class LiveRoute {
  private static final Logger LOG = Logger.getLogger(LiveRoute.class);

  /** Who does not take a line for so long is not there. */
  private static final long PATIENCE_SECONDS = 60;

  private final Feeds feeds;
  private volatile boolean ending;

  LiveRoute(Feeds feeds) {
    this.feeds = feeds;
  }

  /** Serves on {@code router}, behind the door. */
  void mount(@Observes Router router) {
    router.get(KnightApi.PATH + "/:job/live").handler(this::serve);
  }

  /** The service ends, and its store is about to be closed. */
  void end(@Observes ShutdownEvent event) {
    LOG.debugf("Nobody looks on any more: %s", event);
    ending = true;
  }

  private void serve(RoutingContext context) {
    String job = Optional.ofNullable(context.pathParam("job")).orElse("");
    String after = context.request().getParam("after", "");
    Thread.ofVirtual().name("live").start(() -> serve(context, job, after));
  }

  private void serve(RoutingContext context, String job, String after) {
    HttpServerResponse response = context.response();
    try {
      LivePosition position = LivePosition.parse(after);
      feeds.follow(id(job), position, line -> write(response, line));
      response.end();
    } catch (NoSuchJobException unknown) {
      refuse(response, 404, unknown);
    } catch (IllegalArgumentException wrong) {
      refuse(response, 400, wrong);
    } catch (UnavailableException full) {
      refuse(response, 503, full);
    } catch (IOException left) {
      LOG.debugf("Nobody looks on any more: %s", left.getMessage());
      response.reset();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      response.reset();
    } catch (RuntimeException bug) {
      if (ending) {
        LOG.debug("The service ends", bug);
      } else {
        LOG.error("A job cannot be looked on", bug);
      }
      response.reset();
    }
  }

  private static JobId id(String job) {
    if (!job.matches("[1-9][0-9]{0,17}")) {
      throw new IllegalArgumentException("A job is a number");
    }
    return new JobId(Long.parseLong(job));
  }

  private void write(HttpServerResponse response, LiveLine line) throws IOException {
    if (ending || response.closed() || response.ended()) {
      throw new IOException("the client has left");
    }
    if (!response.headWritten()) {
      response.setChunked(true).putHeader("Content-Type", "application/x-ndjson");
    }
    try {
      response
          .write(line.json() + "\n")
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException gone) {
      throw new IOException("the client has left", gone);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", ended);
    }
  }

  private static void refuse(HttpServerResponse response, int status, Exception problem) {
    if (response.headWritten()) {
      response.reset(); // in the middle of the lines there is no other word for it
      return;
    }
    response
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(JsonObject.of("error", String.valueOf(problem.getMessage())).encode());
  }
}
