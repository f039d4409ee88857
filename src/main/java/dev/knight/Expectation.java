package dev.knight;

import dev.knight.egress.NetworkOffer;
import dev.knight.job.RepositoryName;
import dev.knight.notify.Occasion;
import io.quarkus.runtime.configuration.DurationConverter;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the value of a key must be.
 *
 * @param words the rest of a sentence that starts with "it must be"
 * @param holds whether a text is such a value
 */
record Expectation(String words, Predicate<String> holds) {

  static Expectation wholeNumber(long least, long most) {
    return new Expectation(
        "a whole number from " + least + " to " + most,
        text -> {
          long number = Long.parseLong(text);
          return least <= number && number <= most;
        });
  }

  static Expectation trueOrFalse() {
    return oneOf("true", "false");
  }

  static Expectation oneOf(String... words) {
    List<String> allowed = List.of(words);
    String last = allowed.getLast();
    String others = String.join(", ", allowed.subList(0, allowed.size() - 1));
    return new Expectation(others + " or " + last, allowed::contains);
  }

  static Expectation duration(Duration least, Duration most) {
    return new Expectation(
        "a time from " + words(least) + " to " + words(most) + ", like 10s, 5m or 2h",
        text -> {
          Duration time = DurationConverter.parseDuration(text);
          return time.compareTo(least) >= 0 && time.compareTo(most) <= 0;
        });
  }

  static Expectation amount() {
    return new Expectation(
        "an amount like 5 USD",
        text -> {
          BigDecimal amount = new UsdConverter().convert(text);
          return amount != null && amount.signum() > 0;
        });
  }

  static Expectation size() {
    return new Expectation("a size like 20GB", text -> new SizeConverter().convert(text) > 0);
  }

  static Expectation text(String words, String pattern) {
    return new Expectation(words, Pattern.compile(pattern).asMatchPredicate());
  }

  static Expectation repositoryNames() {
    return new Expectation(
        "a list of owner/name", text -> each(text).allMatch(Expectation::isRepositoryName));
  }

  static Expectation networkWords() {
    return new Expectation(
        "a list of host, host:port, none, or one of " + String.join(", ", NetworkOffer.setNames()),
        text -> each(text).allMatch(NetworkOffer::isWord));
  }

  static Expectation names(String words) {
    Predicate<String> name = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}").asMatchPredicate();
    return new Expectation(words, text -> each(text).allMatch(name));
  }

  static Expectation absolutePaths() {
    Predicate<String> path = Pattern.compile("/[^\\p{Cntrl}]{0,4095}").asMatchPredicate();
    return new Expectation("a list of absolute paths", text -> each(text).allMatch(path));
  }

  /** Plain {@code http} is taken only where nobody can listen. */
  static Expectation safeAddress() {
    return new Expectation(
        "an https address (http is for this machine only)",
        text -> address(text).filter(uri -> isHttps(uri) || isLoopback(uri)).isPresent());
  }

  /** Unlike other addresses it may have a query: some webhooks keep their key there. */
  static Expectation webhook() {
    return new Expectation(
        "an http or https address",
        text -> {
          URI uri = URI.create(text);
          boolean plain =
              uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawFragment() == null;
          return plain && (isHttps(uri) || "http".equals(uri.getScheme()));
        });
  }

  static Expectation occasions() {
    return new Expectation(
        "a list of " + String.join(", ", Occasion.words()),
        text -> each(text).allMatch(Occasion.words()::contains));
  }

  static Expectation address() {
    return new Expectation("an http or https address", text -> address(text).isPresent());
  }

  /** Whether {@code text} is such a value; a text that cannot be read is not. */
  boolean isMetBy(String text) {
    try {
      return holds.test(text);
    } catch (IllegalArgumentException | ArithmeticException unreadable) {
      return false;
    }
  }

  private static boolean isRepositoryName(String text) {
    return !RepositoryName.parse(text).name().isEmpty();
  }

  private static Stream<String> each(String list) {
    return Arrays.stream(list.split(",", -1)).map(String::strip);
  }

  private static Optional<URI> address(String text) {
    try {
      URI uri = new URI(text);
      boolean plain =
          uri.getHost() != null
              && uri.getRawUserInfo() == null
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null;
      boolean web = isHttps(uri) || "http".equals(uri.getScheme());
      return plain && web ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException unreadable) {
      return Optional.empty();
    }
  }

  private static boolean isHttps(URI uri) {
    return "https".equals(uri.getScheme());
  }

  private static boolean isLoopback(URI uri) {
    String host = uri.getHost();
    try {
      return host.equals("localhost") || InetAddress.ofLiteral(host).isLoopbackAddress();
    } catch (IllegalArgumentException aName) {
      return false;
    }
  }

  private static String words(Duration time) {
    if (time.toSeconds() % 3600 == 0) {
      return time.toHours() + "h";
    }
    return time.toSeconds() % 60 == 0 ? time.toMinutes() + "m" : time.toSeconds() + "s";
  }
}
