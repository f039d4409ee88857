package dev.knight.attempt;

import io.quarkus.qute.Engine;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateInstance;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The prompts of {@code resources/prompts}. Values are put in as they are and never read as
 * templates themselves. Data are maps, since what a template reads by reflection would be missing
 * from the native executable.
 */
final class Templates {
  private final Map<String, Template> parsed = new ConcurrentHashMap<>();

  /** The template {@code name} with {@code data} in its places. */
  String render(String name, Map<String, ?> data) {
    TemplateInstance instance = parsed.computeIfAbsent(name, Templates::parse).instance();
    data.forEach(instance::data);
    return instance.render().strip();
  }

  /**
   * With an engine of its own, so that a start, which has no prompt to write, loads nothing of one.
   */
  private static Template parse(String name) {
    return Engine.builder().addDefaults().build().parse(text(name));
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
