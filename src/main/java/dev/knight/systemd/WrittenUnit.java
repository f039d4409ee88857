package dev.knight.systemd;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a unit says, whoever has written it.
 *
 * @param text the whole of it
 */
public record WrittenUnit(String text) {
  private static final String HOME = "KNIGHT_HOME=";

  /** What may stand before a program, and changes only how it is run. */
  private static final Pattern HOW = Pattern.compile("^[-@:+!|]+");

  private static final Pattern WORD =
      Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|'([^']*)'|(\\S+)");
  private static final Pattern ESCAPED = Pattern.compile("\\\\(.)|%(%|h)");

  /** The program that it starts. */
  public Optional<String> program() {
    return values("ExecStart=")
        .map(value -> HOW.matcher(value).replaceFirst(""))
        .flatMap(value -> words(value).stream().limit(1))
        .map(word -> word.replace("$$", "$"))
        .findFirst();
  }

  /** The home that it names; the last one counts. */
  public Optional<String> home() {
    return values("Environment=")
        .flatMap(value -> words(value).stream())
        .filter(word -> word.startsWith(HOME))
        .map(word -> word.substring(HOME.length()))
        .reduce((_, last) -> last);
  }

  private Stream<String> values(String key) {
    return text.lines()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(key.length()).strip());
  }

  private static List<String> words(String value) {
    return WORD.matcher(value)
        .results()
        .map(WrittenUnit::unquoted)
        .map(word ->
            ESCAPED
                .matcher(word)
                .replaceAll(
                    found -> Matcher.quoteReplacement(plain(found.group(1), found.group()))))
        .toList();
  }

  private static String unquoted(MatchResult word) {
    return IntStream.rangeClosed(1, 3)
        .filter(group -> word.start(group) >= 0)
        .mapToObj(word::group)
        .findFirst()
        .orElse("");
  }

  private static String plain(@Nullable String escaped, String whole) {
    return switch (whole) {
      case "%%" -> "%";
      case "%h" -> System.getProperty("user.home");
      default -> String.valueOf(escaped);
    };
  }
}
