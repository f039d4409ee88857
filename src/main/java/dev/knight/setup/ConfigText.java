package dev.knight.setup;

import static java.util.Objects.requireNonNull;

import dev.knight.job.MisconfiguredException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The text of {@code knight.yml}, changed one key at a time. Comments, order, blank lines, quotes
 * and keys that are not asked for stay as somebody wrote them: after each change the text is read
 * as knight reads it, and must say the same as before but for that key.
 */
final class ConfigText {
  private static final Pattern PLAIN = Pattern.compile("[\\w/.][\\w/.@+:~-]*(?<!:)");
  private static final String NULLS = "(?i)null|~";
  private static final String STEP = "  ";

  private final Reading reading;
  private final String text;

  /** Reads a text into keys and values, as knight does. */
  @FunctionalInterface
  interface Reading {
    /**
     * The values by key; a list is joined by commas.
     *
     * @throws MisconfiguredException naming the line that is wrong
     */
    Map<String, String> read(String text);
  }

  private ConfigText(Reading reading, String text) {
    this.reading = reading;
    this.text = text;
  }

  /**
   * {@code text} as it is.
   *
   * @throws MisconfiguredException if knight cannot read it
   */
  static ConfigText of(Reading reading, String text) {
    reading.read(text);
    return new ConfigText(reading, text);
  }

  /** The whole text. */
  String text() {
    return text;
  }

  /** What it says of {@code key}; empty if it says nothing. */
  Optional<String> value(String key) {
    return Optional.ofNullable(reading.read(text).get(key)).filter(value -> !value.isBlank());
  }

  /**
   * The text with {@code key} set to {@code value}; the same text where it says so already.
   *
   * @throws MisconfiguredException where that cannot be done without touching something else
   */
  ConfigText with(String key, String value) {
    if (value(key).equals(Optional.of(value))) {
      return this;
    }
    String line = "%s: %s".formatted(key, scalar(value));
    return checked(
        line,
        () -> change(key, place -> replaced(place, scalar(value)), List.of(scalar(value))),
        expected -> {
          expected.put(key, value);
          return expected;
        });
  }

  /** The same for a key whose value is a list; lines of entries that stay are not touched. */
  ConfigText with(String key, List<String> wanted) {
    List<String> now = value(key).map(all -> List.of(all.split(",", -1))).orElse(List.of());
    List<String> values = merged(now, wanted);
    if (now.equals(values)) {
      return this;
    }
    String flow = "[" + String.join(", ", values.stream().map(ConfigText::scalar).toList()) + "]";
    List<String> block = new ArrayList<>(List.of(""));
    values.forEach(value -> block.add("- " + scalar(value)));
    return checked(
        "%s: %s".formatted(key, flow),
        () ->
            change(
                key,
                place ->
                    place.getValueNode() instanceof SequenceNode list
                            && list.getFlowStyle() == FlowStyle.BLOCK
                        ? items(list, values)
                        : replaced(place, flow),
                block),
        expected -> {
          expected.put(key, String.join(",", values));
          return expected;
        });
  }

  /** The text with {@code key} commented out. */
  ConfigText without(String key) {
    if (!reading.read(text).containsKey(key)) {
      return this;
    }
    return checked(
        "#" + key + ": ...",
        () -> change(key, this::silenced, List.of()),
        expected -> {
          expected.remove(key);
          return expected;
        });
  }

  /** As {@link #without}, of a secret: nothing of its value stays. */
  ConfigText forgotten(String key) {
    return value(key).isEmpty() ? without(key) : with(key, "***").without(key);
  }

  private interface Change {
    String made();
  }

  /** What reads otherwise than it should is not what the person would want to find. */
  private ConfigText checked(
      String line, Change change, UnaryOperator<Map<String, String>> expectation) {
    Map<String, String> expected = expectation.apply(new HashMap<>(reading.read(text)));
    try {
      String changed = change.made();
      if (reading.read(changed).equals(expected)) {
        return new ConfigText(reading, changed);
      }
    } catch (YAMLException | MisconfiguredException | IndexOutOfBoundsException unfit) {
      throw byHand(line, unfit);
    }
    throw byHand(line, null);
  }

  private static MisconfiguredException byHand(String line, @Nullable Exception cause) {
    String sentence =
        "Your knight.yml is written in a way that knight does not dare to change: write '%s' there"
                .formatted(line)
            + " yourself, and run knight init again";
    return cause == null
        ? new MisconfiguredException(sentence)
        : new MisconfiguredException(sentence, cause);
  }

  private String change(String key, Function<NodeTuple, String> ofExisting, List<String> fresh) {
    @Nullable Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
    Optional<NodeTuple> place =
        root instanceof MappingNode mapping ? find("", mapping, key) : Optional.empty();
    return place.map(ofExisting).orElseGet(() -> inserted(root, key, fresh));
  }

  private static Optional<NodeTuple> find(String prefix, MappingNode mapping, String key) {
    for (NodeTuple entry : mapping.getValue()) {
      String name = prefix + name(entry);
      if (name.equals(key)) {
        return Optional.of(entry);
      }
      if (entry.getValueNode() instanceof MappingNode group && key.startsWith(name + ".")) {
        Optional<NodeTuple> below = find(name + ".", group, key);
        if (below.isPresent()) {
          return below;
        }
      }
    }
    return Optional.empty();
  }

  private static String name(NodeTuple entry) {
    return entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
  }

  // ---- a key that is there

  private String replaced(NodeTuple place, String value) {
    Node old = place.getValueNode();
    int from = offset(old.getStartMark());
    int to = offset(old.getEndMark());
    String before = from == to ? " " : "";
    String after = text.substring(from, to).endsWith("\n") ? newline() : "";
    return text.substring(0, from) + before + value + after + text.substring(to);
  }

  private String items(SequenceNode list, List<String> values) {
    List<String> lines = lines();
    List<String> there = new ArrayList<>();
    List<Integer> gone = new ArrayList<>();
    int last = 0;
    for (Node item : list.getValue()) {
      String said = item instanceof ScalarNode scalar ? scalar.getValue() : "";
      last = item.getStartMark().getLine();
      there.add(said);
      if (values.stream().noneMatch(said::equalsIgnoreCase)) {
        gone.add(last);
      }
    }
    String lead = lines.get(last).substring(0, lines.get(last).indexOf('-') + 1) + " ";
    int next = last + 1;
    endWithNewline(lines, last);
    for (String value : values) {
      if (there.stream().noneMatch(value::equalsIgnoreCase)) {
        lines.add(next++, lead + scalar(value) + newline());
      }
    }
    gone.reversed().forEach(line -> lines.remove((int) line));
    return String.join("", lines);
  }

  /** What stays keeps its place and its spelling; what is new comes after it. */
  private static List<String> merged(List<String> now, List<String> wanted) {
    List<String> merged = new ArrayList<>(now);
    merged.removeIf(one -> wanted.stream().noneMatch(one::equalsIgnoreCase));
    wanted.stream()
        .filter(one -> now.stream().noneMatch(one::equalsIgnoreCase))
        .forEach(merged::add);
    return merged;
  }

  private String silenced(NodeTuple place) {
    List<String> lines = lines();
    int first = place.getKeyNode().getStartMark().getLine();
    for (int at = first; at <= Math.max(first, last(place.getValueNode())); at++) {
      String line = lines.get(at);
      int start = line.length() - line.stripLeading().length();
      lines.set(at, line.substring(0, start) + "#" + line.substring(start));
    }
    return String.join("", lines);
  }

  // ---- a key that is not

  private String inserted(@Nullable Node root, String key, List<String> value) {
    if (root == null || (root instanceof ScalarNode empty && empty.getValue().isBlank())) {
      return appended(key, value);
    }
    Group group = deepest((MappingNode) root, key);
    if (group.tuple == null) {
      return appended(key, value);
    }
    List<String> lines = lines();
    Node children = group.tuple.getValueNode();
    Mark owner = group.tuple.getKeyNode().getStartMark();
    int column = owner.getColumn() + STEP.length();
    int after = owner.getLine();
    if (children instanceof MappingNode mapping) {
      if (mapping.getFlowStyle() == FlowStyle.FLOW) {
        throw new YAMLException("a group in braces");
      }
      column = mapping.getValue().getFirst().getKeyNode().getStartMark().getColumn();
      after = last(mapping);
    }
    endWithNewline(lines, after);
    String rest = key.substring(group.name.length() + 1);
    lines.add(after + 1, nested(" ".repeat(column), List.of(rest.split("\\.")), value));
    return String.join("", lines);
  }

  private String appended(String key, List<String> value) {
    List<String> lines = lines();
    endWithNewline(lines, lines.size() - 1);
    return String.join("", lines) + nested("", List.of(key.split("\\.")), value);
  }

  private record Group(String name, @Nullable NodeTuple tuple) {}

  /** The innermost group of {@code key} that is there. */
  private static Group deepest(MappingNode root, String key) {
    Group found = new Group("", null);
    Node below = root;
    while (below instanceof MappingNode mapping) {
      String prefix = found.name.isEmpty() ? "" : found.name + ".";
      Optional<NodeTuple> next =
          mapping.getValue().stream()
              .filter(entry -> key.startsWith(prefix + name(entry) + "."))
              .findFirst();
      if (next.isEmpty()) {
        return found;
      }
      found = new Group(prefix + name(next.get()), next.get());
      below = next.get().getValueNode();
    }
    return found;
  }

  private String nested(String indent, List<String> names, List<String> value) {
    StringBuilder nested = new StringBuilder();
    String deeper = indent;
    for (String name : names.subList(0, names.size() - 1)) {
      nested.append(deeper).append(name).append(':').append(newline());
      deeper += STEP;
    }
    nested.append(deeper).append(names.getLast()).append(':');
    nested.append(value.getFirst().isEmpty() ? "" : " " + value.getFirst()).append(newline());
    for (String item : value.subList(1, value.size())) {
      nested.append(deeper).append(STEP).append(item).append(newline());
    }
    return nested.toString();
  }

  // ---- lines

  /** The last line that {@code node} stands on; comments and blank lines after it do not count. */
  private static int last(Node node) {
    return switch (node) {
      case MappingNode mapping when mapping.getFlowStyle() == FlowStyle.BLOCK ->
          mapping.getValue().stream()
              .mapToInt(entry ->
                  Math.max(entry.getKeyNode().getEndMark().getLine(), last(entry.getValueNode())))
              .max()
              .orElse(0);
      case SequenceNode list when list.getFlowStyle() == FlowStyle.BLOCK ->
          list.getValue().stream().mapToInt(ConfigText::last).max().orElse(0);
      default -> {
        Mark end = node.getEndMark();
        boolean isOver = end.getColumn() == 0 && end.getLine() > node.getStartMark().getLine();
        yield isOver ? end.getLine() - 1 : end.getLine();
      }
    };
  }

  /** Its lines, each with its end. */
  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    int from = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      lines.add(text.substring(from, end + 1));
      from = end + 1;
    }
    if (from < text.length()) {
      lines.add(text.substring(from));
    }
    return lines;
  }

  private void endWithNewline(List<String> lines, int at) {
    if (at >= 0 && !lines.get(at).endsWith("\n")) {
      lines.set(at, lines.get(at) + newline());
    }
  }

  private String newline() {
    return text.contains("\r\n") ? "\r\n" : "\n";
  }

  /** A mark counts characters as a person does, a string does not. */
  private int offset(Mark mark) {
    List<String> lines = lines();
    int offset = 0;
    for (String line : lines.subList(0, mark.getLine())) {
      offset += line.length();
    }
    String line = mark.getLine() < lines.size() ? requireNonNull(lines.get(mark.getLine())) : "";
    return offset + line.offsetByCodePoints(0, mark.getColumn());
  }

  private static String scalar(String value) {
    boolean isPlain = PLAIN.matcher(value).matches() && !value.matches(NULLS);
    return isPlain ? value : "'" + value.replace("'", "''") + "'";
  }
}
