package dev.knight;

import dev.knight.cli.Version;
import dev.knight.job.MisconfiguredException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads {@code knight.yml} into dotted keys, and remembers the line of each. */
final class ConfigFile {
  /** No key has more parts; a file that refers to itself has no end. */
  private static final int DEEPEST = 8;

  private final Path file;
  private final Map<String, Setting> settings = new LinkedHashMap<>();

  private ConfigFile(Path file) {
    this.file = file;
  }

  /**
   * The settings of {@code file} by key, in its order. Only known keys; a list is joined by commas.
   *
   * @throws MisconfiguredException naming file, line and key
   */
  static Map<String, Setting> read(Path file) {
    try {
      return parse(file, Files.readString(file));
    } catch (IOException unreadable) {
      throw new MisconfiguredException(
          "%s cannot be read as text: check that it exists, is yours and is UTF-8".formatted(file),
          unreadable);
    }
  }

  /** As {@link #read}, of a text that is at hand. */
  static Map<String, Setting> parse(Path file, String text) {
    ConfigFile reading = new ConfigFile(file);
    try {
      Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
      if (root != null && !isEmpty(root)) {
        reading.group("", root, 0);
      }
    } catch (MarkedYAMLException broken) {
      throw reading.wrong(lineOf(broken), "this is not YAML: " + broken.getProblem(), broken);
    } catch (YAMLException broken) {
      throw reading.wrong(1, "this is not YAML: " + firstLine(broken), broken);
    }
    return reading.settings;
  }

  private void group(String prefix, Node node, int depth) {
    if (!(node instanceof MappingNode mapping) || depth > DEEPEST) {
      throw wrong(lineOf(node), "here 'key: value' is expected, under 'knight:'", null);
    }
    for (NodeTuple entry : mapping.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        throw wrong(lineOf(entry.getKeyNode()), "a key must be a word", null);
      }
      entry(prefix + key.getValue(), key, entry.getValueNode(), depth);
    }
  }

  private void entry(String key, Node at, Node value, int depth) {
    switch (value) {
      case MappingNode mapping when ConfigKey.named(key).isEmpty() ->
          group(key + ".", mapping, depth + 1);
      case SequenceNode list -> set(key, at, list(key, list));
      case ScalarNode scalar -> set(key, at, isEmpty(scalar) ? "" : scalar.getValue());
      default -> throw wrong(lineOf(at), key + " must be one value, not a group of keys", null);
    }
  }

  private String list(String key, SequenceNode list) {
    return list.getValue().stream()
        .map(item -> item instanceof ScalarNode scalar ? scalar.getValue() : mixed(key, item))
        .collect(Collectors.joining(","));
  }

  private String mixed(String key, Node item) {
    throw wrong(lineOf(item), key + " must be a list of plain words", null);
  }

  private void set(String key, Node at, String value) {
    if (ConfigKey.named(key).isEmpty()) {
      if (value.isEmpty() && isGroup(key)) {
        return;
      }
      throw wrong(lineOf(at), unknown(key), null);
    }
    Setting earlier = settings.put(key, new Setting(value, place(lineOf(at))));
    if (earlier != null) {
      throw wrong(lineOf(at), "%s is set twice; see also %s".formatted(key, earlier.place()), null);
    }
  }

  private static String unknown(String key) {
    if (isGroup(key)) {
      return key + " is a group: its keys go below it, indented";
    }
    Optional<ConfigKey> near = ConfigKey.like(key);
    return near.map(
            known -> "%s is not a key of knight; did you mean %s?".formatted(key, known.name()))
        .orElse(
            "%s is not a key of knight %s, perhaps of a newer one; knight help configuration lists them"
                .formatted(key, Version.number()));
  }

  private static boolean isGroup(String key) {
    return ConfigKey.ALL.stream().anyMatch(known -> known.name().startsWith(key + "."));
  }

  private static boolean isEmpty(Node node) {
    return node instanceof ScalarNode scalar
        && (scalar.getTag().equals(Tag.NULL) || scalar.getValue().isBlank());
  }

  private static int lineOf(Node node) {
    return node.getStartMark().getLine() + 1;
  }

  private static int lineOf(MarkedYAMLException broken) {
    return broken.getProblemMark() == null ? 1 : broken.getProblemMark().getLine() + 1;
  }

  private static String firstLine(YAMLException broken) {
    return String.valueOf(broken.getMessage()).lines().findFirst().orElse("");
  }

  private String place(int line) {
    return "%s, line %d".formatted(file, line);
  }

  private MisconfiguredException wrong(int line, String what, @Nullable Throwable cause) {
    String sentence = "%s: %s".formatted(place(line), what);
    return cause == null
        ? new MisconfiguredException(sentence)
        : new MisconfiguredException(sentence, cause);
  }
}
