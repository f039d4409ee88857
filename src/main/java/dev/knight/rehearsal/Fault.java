package dev.knight.rehearsal;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;

/**
 * Something that goes wrong with the next requests that fit.
 *
 * @param method the HTTP method, or {@code *}
 * @param path must match the whole path below the REST interface's start ({@code
 *     /repos/ada/engine/issues}), for git the whole path ({@code /ada/engine.git/info/refs})
 * @param times how many requests it befalls
 */
public record Fault(String method, Pattern path, int times, Kind kind) {

  /** What goes wrong. */
  sealed interface Kind {
    /** The connection is reset and nothing happened but {@code deed}. */
    record DropBefore(Runnable deed) implements Kind {}

    /** It happened, then {@code deed}, and the connection is reset before the answer. */
    record DropAfter(Runnable deed) implements Kind {}

    /** It happened, and the answer's body ends too early. */
    record Cut(int bytes) implements Kind {}

    /** It happens later. */
    record Delay(Duration duration) implements Kind {}

    /** It happens once the latch opens. */
    record Hold(CountDownLatch gate) implements Kind {}

    /** Nothing happens, and something else answers. */
    record Instead(int status, Map<String, String> headers, String body) implements Kind {}

    /** The quota is used up. */
    record PrimaryLimit(Instant reset) implements Kind {}
  }

  /** Where a fault strikes; the methods say how, once. */
  public record Place(String method, String path) {
    /** Resets the connection; the request has no effect. */
    public Fault dropBefore() {
      return dropBefore(() -> {});
    }

    /**
     * The same.
     *
     * @param deed done first, while whoever asks waits for an answer
     */
    public Fault dropBefore(Runnable deed) {
      return fault(new Kind.DropBefore(deed));
    }

    /** Resets the connection after the request took effect: the answer is lost. */
    public Fault dropAfter() {
      return dropAfter(() -> {});
    }

    /**
     * The same.
     *
     * @param deed done once the request took effect, while whoever asks waits for an answer
     */
    public Fault dropAfter(Runnable deed) {
      return fault(new Kind.DropAfter(deed));
    }

    /** Sends so many bytes of the body only, after the request took effect. */
    public Fault cutAfter(int bytes) {
      return fault(new Kind.Cut(bytes));
    }

    /** Answers late. */
    public Fault delay(Duration duration) {
      return fault(new Kind.Delay(duration));
    }

    /** Answers once the latch is open, and after a minute in any case. */
    public Fault hold(CountDownLatch gate) {
      return fault(new Kind.Hold(gate));
    }

    /** Answers something else; the request has no effect. Header names in lower case. */
    public Fault answer(int status, Map<String, String> headers, String body) {
      return fault(new Kind.Instead(status, Map.copyOf(headers), body));
    }

    /** Answers an error in GitHub's shape; the request has no effect. */
    public Fault answer(int status, String message) {
      String body = ApiError.of(status, message).answer().text();
      return fault(new Kind.Instead(status, jsonType(), body));
    }

    /** Answers the HTML page that a proxy shows when GitHub does not. */
    public Fault badGateway() {
      return answer(
          502,
          Map.of("content-type", "text/html"),
          "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>");
    }

    /** Says that the hourly quota is used up until a time. */
    public Fault primaryRateLimit(Instant reset) {
      return fault(new Kind.PrimaryLimit(reset));
    }

    /** Says that requests come too fast, and when to try again. */
    public Fault secondaryRateLimit(Duration retryAfter) {
      String body =
          ApiError.of(
                  403,
                  "You have exceeded a secondary rate limit. Please wait a few minutes before you"
                      + " try again.")
              .answer()
              .text();
      Map<String, String> headers =
          Map.of(
              "content-type",
              "application/json; charset=utf-8",
              "retry-after",
              String.valueOf(retryAfter.toSeconds()));
      return fault(new Kind.Instead(403, headers, body));
    }

    private Fault fault(Kind kind) {
      return new Fault(method, Pattern.compile(path), 1, kind);
    }

    private static Map<String, String> jsonType() {
      return Map.of("content-type", "application/json; charset=utf-8");
    }
  }

  /**
   * Says where.
   *
   * @param method an HTTP method, or {@code *} for any
   * @param path a regular expression for the whole path
   */
  public static Place on(String method, String path) {
    return new Place(method, path);
  }

  /** The same for so many requests. */
  public Fault times(int count) {
    return new Fault(method, path, count, kind);
  }

  boolean fits(String requestMethod, String requestPath) {
    return (method.equals("*") || method.equals(requestMethod))
        && path.matcher(requestPath).matches();
  }
}
