package dev.knight.attempt;

import io.quarkus.qute.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The prompts of {@code resources/prompts}. Values are put in as they are and never read as
 * templates themselves. Data are maps, since what a template reads by reflection would be missing
 * from the native executable.
 */
final class Templates {
  /** The template {@code name} with {@code data} in its places. */
  String render(String name, Map<String, ?> data) {
    // Made when there is a prompt to write. Kept, its classes would be loaded at each start.
    Engine engine = Engine.builder().addDefaults().build();
    var instance = engine.parse(text(name)).instance();
    data.forEach(instance::data);
    return instance.render().strip();
  }

  private static String text(String name) {
    try (InputStream file = Templates.class.getResourceAsStream("/prompts/" + name + ".txt")) {
      if (file == null) {
        throw new IllegalArgumentException("There is no prompt named " + name);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
