package dev.knight.web;

import dev.knight.api.KnightApi;
import dev.knight.api.LivePosition;
import dev.knight.job.JobId;
import dev.knight.live.Feeds;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * {@code GET /api/v1/jobs/JOB/live?after=POSITION}: what happens in a job, a JSON object a line,
 * until it is over. Each line waits until the one before has left, so a client that reads slowly
 * fills nothing here.
 */
@Singleton
final class LiveRoute {
  private static final Logger LOG = Logger.getLogger(LiveRoute.class);

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
    StreamedAnswer answer =
        new StreamedAnswer(context.response(), "application/x-ndjson", () -> ending);
    answer.give(() -> {
      LivePosition position = LivePosition.parse(after);
      feeds.follow(id(job), position, line -> answer.write(line.json() + "\n"));
    });
  }

  static JobId id(String job) {
    if (!job.matches("[1-9][0-9]{0,17}")) {
      throw new IllegalArgumentException("A job is a number");
    }
    return new JobId(Long.parseLong(job));
  }
}
