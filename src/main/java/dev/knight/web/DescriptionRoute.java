package dev.knight.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Gives what the API says of itself, as {@link ApiDescription} left it when knight was built. The
 * framework would read and write it anew at each start.
 */
@Singleton
final class DescriptionRoute {
  private static final String PATH = "/api/v1/openapi";
  private static final String WRITTEN = "/META-INF/quarkus-generated-openapi-doc.YAML";

  private final Provider<ObjectMapper> json; // asked for late: a start needs none

  DescriptionRoute(Provider<ObjectMapper> json) {
    this.json = json;
  }

  void mount(@Observes Router router) {
    router.get(PATH + ".yaml").blockingHandler(context -> give(context, "yaml", yaml()));
    router.get(PATH + ".json").blockingHandler(context -> give(context, "json", json()));
  }

  private static void give(RoutingContext context, String type, String text) {
    context.response().putHeader("Content-Type", "application/" + type + "; charset=utf-8");
    context.end(text);
  }

  private String json() {
    Yaml reader = new Yaml(new SafeConstructor(new LoaderOptions()));
    try {
      return json.get().writeValueAsString(reader.load(yaml()));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static String yaml() {
    try (InputStream written = DescriptionRoute.class.getResourceAsStream(WRITTEN)) {
      if (written == null) {
        throw new IllegalStateException("The build did not write " + WRITTEN);
      }
      return new String(written.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
