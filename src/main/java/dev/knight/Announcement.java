package dev.knight;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.knight.api.ServiceAddress;
import dev.knight.cli.Version;
import dev.knight.home.KnightHome;
import io.quarkus.vertx.http.HttpServer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** Tells clients and people where this service listens, for as long as it does. */
@Singleton
final class Announcement {
  private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "::", "[::]");

  private final KnightHome home;
  private final KnightConfig config;
  private final HttpServer server;
  private final InstantSource clock;

  Announcement(KnightHome home, KnightConfig config, HttpServer server, InstantSource clock) {
    this.home = home;
    this.config = config;
    this.server = server;
    this.clock = clock;
  }

  /** Writes the address into the home; closing takes it back. */
  Published publish() {
    ServiceAddress address =
        new ServiceAddress(url(), ProcessHandle.current().pid(), clock.instant());
    Path draft = home.service().resolveSibling("service.json.new");
    try {
      Files.writeString(draft, text(address));
      Files.move(draft, home.service(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(home.service() + " cannot be written", unwritable);
    }
    return new Published(address);
  }

  /** Written field by field: Jackson would look into a record for this one text of a start. */
  static String text(ServiceAddress address) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("url", address.url().toString());
      json.writeNumberField("pid", address.pid());
      json.writeStringField("started", address.started().toString());
      json.writeEndObject();
    }
    return text.toString();
  }

  private URI url() {
    String host = config.http().host();
    String reached = EVERYWHERE.contains(host) ? "127.0.0.1" : host;
    boolean isBare = reached.contains(":") && !reached.startsWith("[");
    return URI.create(
        "http://%s:%d".formatted(isBare ? "[" + reached + "]" : reached, server.getPort()));
  }

  /** The address while it stands in the home. */
  final class Published implements AutoCloseable {
    private final ServiceAddress address;

    private Published(ServiceAddress address) {
      this.address = address;
    }

    /** The line that says that knight serves. */
    String readiness() {
      int repositories = config.github().repositories().map(List::size).orElse(0);
      return "knight %s serves %d %s at %s (home %s)"
          .formatted(
              Version.number(),
              repositories,
              repositories == 1 ? "repository" : "repositories",
              address.url(),
              home.root());
    }

    @Override
    public void close() {
      try {
        Files.deleteIfExists(home.service());
      } catch (IOException stays) {
        throw new UncheckedIOException(home.service() + " cannot be removed", stays);
      }
    }
  }
}
