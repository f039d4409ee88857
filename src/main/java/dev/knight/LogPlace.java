package dev.knight;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where in the work a log message belongs.
 *
 * @param words what it says itself before its sentence, as {@code repository=ada/engine}, and the
 *     job of its thread
 * @param rest the sentence
 */
record LogPlace(Map<String, String> words, String rest) {
  /** What a thread that works on a job says of it; always in this order, and first. */
  static final List<String> KEYS = List.of("job", "attempt", "step");

  private static final Pattern WORD = Pattern.compile("([a-z]{1,20})=(\\S{1,200}) ");

  /**
   * The place of {@code message}.
   *
   * @param thread what the thread says for a key, or null
   */
  static LogPlace of(String message, UnaryOperator<@Nullable String> thread) {
    Map<String, String> said = new LinkedHashMap<>();
    Matcher word = WORD.matcher(message);
    int end = 0;
    while (word.region(end, message.length()).lookingAt()) {
      said.putIfAbsent(word.group(1), word.group(2));
      end = word.end();
    }
    Map<String, String> words = new LinkedHashMap<>();
    boolean isOfThread = isOfThread(said.get("job"), thread.apply("job"));
    for (String key : KEYS) {
      String value = said.get(key);
      String known = value == null && isOfThread ? thread.apply(key) : value;
      if (known != null) {
        words.put(key, known);
      }
    }
    said.forEach(words::putIfAbsent);
    return new LogPlace(words, message.substring(end));
  }

  /** A thread that works on one job may tell of another one. */
  private static boolean isOfThread(@Nullable String said, @Nullable String job) {
    return job != null && (said == null || said.equals(job));
  }

  /** All of it in one line. */
  String line() {
    return words.entrySet().stream()
        .map(word -> word.getKey() + "=" + word.getValue() + " ")
        .collect(Collectors.joining("", "", rest));
  }
}
