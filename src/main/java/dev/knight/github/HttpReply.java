package dev.knight.github;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One answer, as it came.
 *
 * @param headers by name in lower case; the values of one that came several times are joined by
 *     commas
 */
record HttpReply(int status, Map<String, String> headers, String body) {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}");

  HttpReply {
    headers = Map.copyOf(headers);
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** A header that is a whole number and not negative; anything else is as if it had not come. */
  Optional<Long> number(String name) {
    return header(name)
        .map(String::strip)
        .filter(text -> NUMBER.matcher(text).matches())
        .map(Long::valueOf);
  }

  /** When GitHub answered, by its own clock. */
  Optional<Instant> date() {
    try {
      return header("date")
          .map(text -> Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
    } catch (DateTimeException notADate) {
      return Optional.empty();
    }
  }

  boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  boolean isRedirect() {
    return status == 301 || status == 302 || status == 307 || status == 308;
  }

  /** Whether the body speaks of {@code words}, in whatever case. */
  boolean says(String words) {
    return body.toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT));
  }
}
