package dev.knight.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.knight.api.HappeningView;
import dev.knight.api.KnightApi;
import dev.knight.job.JobId;
import dev.knight.live.Happening;
import dev.knight.live.Happenings;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jboss.logging.Logger;

/**
 * {@code GET /api/v1/events}: what happens in all jobs, as server-sent events. A line of a story is
 * an {@code event} with its number as the id, so a client that was cut off goes on where it was; a
 * job that changed without one is a {@code job} without an id. The first message says where the
 * client stands.
 */
@Singleton
final class EventsRoute {
  private static final Logger LOG = Logger.getLogger(EventsRoute.class);

  private final Happenings happenings;
  private final Views views;
  private final Provider<ObjectMapper> json; // asked for late: a start needs none
  private volatile boolean ending;

  EventsRoute(Happenings happenings, Views views, Provider<ObjectMapper> json) {
    this.happenings = happenings;
    this.views = views;
    this.json = json;
  }

  /** Serves on {@code router}, behind the door. */
  void mount(@Observes Router router) {
    router.get(KnightApi.EVENTS).handler(this::serve);
  }

  /** The service ends, and its store is about to be closed. */
  void end(@Observes ShutdownEvent event) {
    LOG.debugf("Nobody looks on any more: %s", event);
    ending = true;
    happenings.end();
  }

  private void serve(RoutingContext context) {
    HttpServerRequest request = context.request();
    String header = request.headers().get("Last-Event-ID");
    String after = header == null ? request.getParam("after", "") : header;
    String job = request.getParam("job", "");
    StreamedAnswer answer =
        new StreamedAnswer(context.response(), "text/event-stream;charset=UTF-8", () -> ending);
    Thread.ofVirtual()
        .name("events")
        .start(() -> answer.give(() -> follow(position(after), job(job), answer)));
  }

  private void follow(OptionalLong after, Optional<JobId> job, StreamedAnswer answer)
      throws IOException, InterruptedException {
    happenings.follow(
        after,
        job,
        new Happenings.Listener() {
          @Override
          public void begin(long position, Runnable nudge) throws IOException {
            answer.onLeaving(nudge);
            answer.write("retry: 2000\nid: %d\nevent: begin\ndata: {}\n\n".formatted(position));
          }

          @Override
          public void tell(Happening one) throws IOException {
            answer.write(message(one));
          }

          @Override
          public void beat() throws IOException {
            answer.write(": beat\n\n");
          }
        });
  }

  private String message(Happening one) {
    String head =
        one.event()
            .map(event -> "id: %d\nevent: event".formatted(event.sequence()))
            .orElse("event: job");
    return head + "\ndata: " + text(views.of(one)) + "\n\n";
  }

  /** On one line: JSON has no line break of its own. */
  private String text(HappeningView view) {
    try {
      return json.get().writeValueAsString(view);
    } catch (JsonProcessingException bug) {
      throw new IllegalStateException("A happening cannot be written", bug);
    }
  }

  private static OptionalLong position(String after) {
    if (after.isEmpty()) {
      return OptionalLong.empty();
    }
    if (!after.matches("[0-9]{1,18}")) {
      throw new IllegalArgumentException("Last-Event-ID, or after, is the number of an event");
    }
    return OptionalLong.of(Long.parseLong(after));
  }

  private static Optional<JobId> job(String job) {
    return job.isEmpty() ? Optional.empty() : Optional.of(LiveRoute.id(job));
  }
}
