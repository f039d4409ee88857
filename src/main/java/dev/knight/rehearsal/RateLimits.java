package dev.knight.rehearsal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** GitHub's hourly quota of requests, one for each account; a 304 costs nothing. */
final class RateLimits {
  private static final Duration WINDOW = Duration.ofHours(1);

  /** What GitHub gives a personal access token. */
  private static final int USUAL = 5000;

  private final Register register;
  private final Map<String, Window> windows = new HashMap<>();
  private int limit = USUAL;

  RateLimits(Register register) {
    this.register = register;
  }

  /** What is left for an account until the window ends. */
  record Window(int limit, int used, Instant reset) {
    int remaining() {
      return Math.max(0, limit - used);
    }

    boolean exhausted() {
      return used >= limit;
    }

    Map<String, String> headers() {
      return Map.of(
          "x-ratelimit-limit", String.valueOf(limit),
          "x-ratelimit-remaining", String.valueOf(remaining()),
          "x-ratelimit-used", String.valueOf(used),
          "x-ratelimit-reset", String.valueOf(reset.getEpochSecond()),
          "x-ratelimit-resource", "core");
    }

    ObjectNode json() {
      return Json.object()
          .put("limit", limit)
          .put("remaining", remaining())
          .put("used", used)
          .put("reset", reset.getEpochSecond());
    }
  }

  /** A window with nothing left in it. */
  static Window exhausted(Instant reset) {
    return new Window(USUAL, USUAL, reset);
  }

  /** What GitHub says then. */
  static ApiError refusal() {
    return ApiError.of(403, "API rate limit exceeded for user.");
  }

  synchronized void limit(int requestsAnHour) {
    limit = requestsAnHour;
  }

  synchronized Window window(String login) {
    Instant now = register.now();
    Window window = windows.get(login);
    if (window == null || !now.isBefore(window.reset())) {
      return new Window(limit, 0, now.plus(WINDOW));
    }
    return new Window(limit, window.used(), window.reset());
  }

  synchronized Window charge(String login) {
    Window before = window(login);
    Window after = new Window(before.limit(), before.used() + 1, before.reset());
    windows.put(login, after);
    return after;
  }
}
