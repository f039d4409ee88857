package dev.knight.git;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.attributes.Attribute;
import org.eclipse.jgit.attributes.AttributesRule;
import org.eclipse.jgit.util.QuotedString;
import org.jspecify.annotations.Nullable;

/**
 * What the {@code .gitattributes} of a directory and of those above it say of line endings; nothing
 * else in them is obeyed, no filter and no encoding.
 *
 * @param above the rules of the directory above; null at the top
 * @param prefix the directory's path from the top: empty, or with a slash at its end
 * @param own the rules that have to do with it
 * @param macros what a word of the top's stands for, by the word
 */
record LineRules(
    @Nullable LineRules above,
    String prefix,
    List<AttributesRule> own,
    Map<String, List<Attribute>> macros) {
  static final String FILE = ".gitattributes";

  private static final byte[] NAME = FILE.getBytes(StandardCharsets.US_ASCII);

  private static final String MACRO = "[attr]";
  private static final Set<String> WORDS =
      Set.of(LineEndings.TEXT, LineEndings.EOL, LineEndings.OLD_TEXT);
  private static final List<Attribute> BINARY =
      List.of(new Attribute(LineEndings.TEXT, Attribute.State.UNSET));

  /** Nobody says anything. */
  static final LineRules NONE = new LineRules(null, "", List.of(), Map.of("binary", BINARY));

  /** Whether the file {@code path} has such rules for its directory. */
  static boolean isName(byte[] path) {
    int start = path.length - NAME.length;
    return start >= 0
        && (start == 0 || path[start - 1] == '/')
        && Arrays.equals(path, start, path.length, NAME, 0, NAME.length);
  }

  /** The same for the directory {@code prefix} below, in which {@code file} is one more. */
  LineRules with(String prefix, byte[] file) {
    Map<String, List<Attribute>> words = new HashMap<>(macros);
    List<AttributesRule> rules = new ArrayList<>();
    for (String line : (Iterable<String>) RuleLines.of(file).map(String::strip)::iterator) {
      if (line.startsWith(MACRO)) {
        define(line.substring(MACRO.length()).strip(), prefix, words);
      } else if (!line.isEmpty() && !line.startsWith("#") && !line.startsWith("!")) {
        rule(line).ifPresent(rules::add);
      }
    }
    rules.removeIf(rule -> rule.getAttributes().stream().noneMatch(each -> counts(each, words)));
    return rules.isEmpty() && words.equals(macros)
        ? this
        : new LineRules(this, prefix, List.copyOf(rules), Map.copyOf(words));
  }

  /** Only the top defines words. */
  private static void define(String line, String prefix, Map<String, List<Attribute>> words) {
    if (prefix.isEmpty() && !line.isEmpty()) {
      String name = line.substring(0, end(line));
      words.put(name, new AttributesRule("*", line.substring(name.length())).getAttributes());
    }
  }

  private static boolean counts(Attribute said, Map<String, List<Attribute>> words) {
    return WORDS.contains(said.getKey()) || words.containsKey(said.getKey());
  }

  /** What stands in quotes may have hidden behind escapes. */
  private static Optional<AttributesRule> rule(String line) {
    boolean isQuoted = line.startsWith("\"") && closing(line) > 0;
    String said = line.substring(0, isQuoted ? closing(line) + 1 : end(line));
    String pattern = isQuoted ? QuotedString.GIT_PATH.dequote(said) : said;
    return RuleLines.isFit(pattern)
        ? Optional.of(new AttributesRule(pattern, line.substring(said.length())))
        : Optional.empty();
  }

  /** Where the pattern ends that begins with a quote. */
  private static int closing(String line) {
    for (int i = 1; i < line.length(); i++) {
      if (line.charAt(i) == '"') {
        return i;
      }
      i += line.charAt(i) == '\\' ? 1 : 0;
    }
    return -1;
  }

  private static int end(String line) {
    for (int i = 0; i < line.length(); i++) {
      if (line.charAt(i) == ' ' || line.charAt(i) == '\t') {
        return i;
      }
    }
    return line.length();
  }

  /** Those of the file {@code path}, from the top and in this directory or below it. */
  LineEndings of(String path) {
    Map<String, Attribute> said = new HashMap<>();
    for (LineRules level = this; level != null; level = level.above) {
      for (AttributesRule rule : level.own.reversed()) {
        if (rule.isMatch(path.substring(level.prefix.length()), false)) {
          collect(rule.getAttributes(), said);
        }
      }
    }
    return said.isEmpty() ? LineEndings.KEPT : LineEndings.of(said);
  }

  /** What was said by a stronger rule stands, as does what was said later in the same one. */
  private void collect(List<Attribute> attributes, Map<String, Attribute> said) {
    for (Attribute each : attributes.reversed()) {
      if (said.putIfAbsent(each.getKey(), each) == null && each.getState() == Attribute.State.SET) {
        collect(macros.getOrDefault(each.getKey(), Collections.emptyList()), said);
      }
    }
  }
}
