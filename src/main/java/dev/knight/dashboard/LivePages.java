package dev.knight.dashboard;

import dev.knight.api.NoSuchJobException;
import dev.knight.job.JobChanges;
import dev.knight.job.JobStore;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Keeps the pages that are open up to date, by server-sent events: {@code part} replaces the
 * element with that id, {@code more} adds to the end of it, {@code beat} says that all is well.
 * Each waits until the one before has left, so a browser that reads slowly fills nothing here.
 */
@Singleton
final class LivePages {
  private static final Logger LOG = Logger.getLogger(LivePages.class);

  /** A person has a few pages open; a program that opens more is turned away. */
  private static final int MOST = 64;

  /** Who does not take a line for so long is not there. */
  private static final long PATIENCE_SECONDS = 60;

  /** What changes fast is shown a few times a second. */
  private static final Duration BETWEEN_CHANGES = Duration.ofMillis(300);

  /** Not all that is shown is told of: how the service is, and what another knight does. */
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

  private static final Duration BETWEEN_BEATS = Duration.ofSeconds(15);

  private final JobStore store;
  private final Semaphore places = new Semaphore(MOST);
  private volatile boolean ending;

  LivePages(JobStore store) {
    this.store = store;
  }

  /** Tells one open page what changes; may take its time. */
  interface Source {
    /** Tells until there is nothing more to tell, or nobody listens any more. */
    void tell(Listener listener) throws IOException, InterruptedException;
  }

  /** An open page. */
  interface Listener {
    /** Replaces the element called {@code id} by {@code html}, which is that element anew. */
    void part(String id, String html) throws IOException;

    /** Adds {@code html} to the end of the element called {@code id}. */
    void more(String id, String html) throws IOException;

    /**
     * What is told from here on is known by {@code position}: who was cut off asks for what comes
     * after it, as the parameter {@code after} of the address.
     */
    void at(String position);

    /** Finds out whether anybody is there. */
    void beat() throws IOException;
  }

  /** The service ends, and its store is about to be closed. */
  void end(@Observes ShutdownEvent event) {
    LOG.debugf("No page is kept up to date any more: %s", event);
    ending = true;
  }

  /**
   * Has {@code path} keep a page up to date for as long as it is open: its parts are the fragments
   * of the template, each of which is one element whose id is the fragment's.
   *
   * @param page makes the whole page anew from the data {@code view} alone
   */
  void mount(Router router, String path, Supplier<View> page) {
    router.get(path).handler(context -> follow(context, page));
  }

  private void follow(RoutingContext context, Supplier<View> page) {
    serve(
        context,
        listener -> {
          Map<String, String> shown = new HashMap<>();
          long told = System.nanoTime();
          try (JobChanges.Ear ear = store.changes().listen()) {
            while (true) {
              for (Map.Entry<String, String> part : page.get().parts().entrySet()) {
                if (!part.getValue().equals(shown.put(part.getKey(), part.getValue()))) {
                  listener.part(part.getKey(), part.getValue());
                  told = System.nanoTime();
                }
              }
              if (System.nanoTime() - told > BETWEEN_BEATS.toNanos()) {
                listener.beat();
                told = System.nanoTime();
              }
              Thread.sleep(BETWEEN_CHANGES);
              ear.await(BETWEEN_LOOKS);
            }
          }
        });
  }

  /**
   * A page as it is now.
   *
   * @param page the template, whose fragments are its parts
   * @param data what the fragments know as {@code view}
   */
  record View(TemplateInstance page, Object data) {
    Map<String, String> parts() {
      Template template = page.getTemplate();
      Map<String, String> parts = new HashMap<>();
      for (String id : template.getFragmentIds()) {
        parts.put(id, template.getFragment(id).data("view", data).render());
      }
      return parts;
    }
  }

  /** Serves {@code source} to the page of {@code context}, on a thread of its own. */
  void serve(RoutingContext context, Source source) {
    if (!places.tryAcquire()) {
      context.response().setStatusCode(503).end();
      return;
    }
    HttpServerResponse response = context.response();
    response
        .setChunked(true)
        .putHeader("Content-Type", "text/event-stream; charset=utf-8")
        .putHeader("X-Accel-Buffering", "no");
    Thread.ofVirtual()
        .name("page")
        .start(() -> {
          try {
            write(response, "retry: 2000\n\n");
            source.tell(new Stream(response));
            write(response, "event: end\ndata: \n\n");
            response.end();
          } catch (NoSuchJobException gone) {
            LOG.debugf("What a page was about is gone: %s", gone.getMessage());
            response.end("event: end\ndata: \n\n");
          } catch (IOException left) {
            LOG.debugf("A page was closed: %s", left.getMessage());
            cut(response);
          } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            cut(response);
          } catch (RuntimeException bug) {
            if (ending) {
              LOG.debug("The service ends", bug);
            } else {
              LOG.error("A page cannot be kept up to date", bug);
            }
            cut(response);
          } finally {
            places.release();
          }
        });
  }

  private static void cut(HttpServerResponse response) {
    try {
      response.reset();
    } catch (RejectedExecutionException ended) {
      LOG.debug("The service has ended, and the connection with it", ended);
    }
  }

  private final class Stream implements Listener {
    private final HttpServerResponse response;
    private String position = "";

    Stream(HttpServerResponse response) {
      this.response = response;
    }

    @Override
    public void part(String id, String html) throws IOException {
      event("part", id, html);
    }

    @Override
    public void more(String id, String html) throws IOException {
      event("more", id, html);
    }

    @Override
    public void at(String next) {
      position = next;
    }

    @Override
    public void beat() throws IOException {
      write(response, "event: beat\ndata: \n\n");
    }

    private void event(String name, String id, String html) throws IOException {
      String data = JsonObject.of("id", id, "html", html).encode();
      String place = position.isEmpty() ? "" : "id: %s\n".formatted(position);
      write(response, "%sevent: %s\ndata: %s\n\n".formatted(place, name, data));
    }
  }

  private void write(HttpServerResponse response, String text) throws IOException {
    if (ending || response.closed() || response.ended()) {
      throw new IOException("the browser has left");
    }
    try {
      response
          .write(text)
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException gone) {
      throw new IOException("the browser has left", gone);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", ended);
    }
  }
}
