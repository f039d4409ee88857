package dev.knight.web;

import dev.knight.api.NoSuchJobException;
import dev.knight.job.UnavailableException;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * An answer that goes on for long. Each piece waits until the one before has left, so a client that
 * reads slowly fills nothing here.
 */
final class StreamedAnswer {
  private static final Logger LOG = Logger.getLogger(StreamedAnswer.class);

  /** Who does not take a piece for so long is not there. */
  private static final long PATIENCE_SECONDS = 60;

  private final HttpServerResponse response;
  private final String contentType;
  private final BooleanSupplier ending;

  /**
   * @param ending whether the service ends, and its store is about to be closed
   */
  StreamedAnswer(HttpServerResponse response, String contentType, BooleanSupplier ending) {
    this.response = response;
    this.contentType = contentType;
    this.ending = ending;
  }

  /** What writes the answer, piece by piece. */
  interface Work {
    void run() throws IOException, InterruptedException;
  }

  /** Does {@code work}, and ends the answer; what goes wrong before the first piece is told. */
  void give(Work work) {
    try {
      work.run();
      response.end();
    } catch (NoSuchJobException unknown) {
      refuse(404, unknown);
    } catch (IllegalArgumentException wrong) {
      refuse(400, wrong);
    } catch (UnavailableException full) {
      refuse(503, full);
    } catch (IOException left) {
      LOG.debugf("Nobody looks on any more: %s", left.getMessage());
      response.reset();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      response.reset();
    } catch (RuntimeException bug) {
      if (ending.getAsBoolean()) {
        LOG.debug("The service ends", bug);
      } else {
        LOG.error("What happens cannot be told", bug);
      }
      response.reset();
    }
  }

  /** Calls {@code told} when the client has left, though nothing is written to it. */
  void onLeaving(Runnable told) {
    response.closeHandler(_ -> told.run());
  }

  /** Writes {@code piece}, and returns when it has left. */
  void write(String piece) throws IOException {
    if (ending.getAsBoolean() || response.closed() || response.ended()) {
      throw new IOException("the client has left");
    }
    if (!response.headWritten()) {
      response.setChunked(true).putHeader("Content-Type", contentType);
    }
    try {
      response
          .write(piece)
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

  private void refuse(int status, Exception problem) {
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
