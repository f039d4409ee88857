package dev.knight.agent;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What pi says of a model that could not be asked, judged by who must act. */
final class ModelFailure {
  private static final int LONGEST = 300;

  /** pi puts the HTTP status first: {@code 429: {"message":"…"}}. */
  private static final Pattern STATUS = Pattern.compile("^(\\d{3})\\b");

  private static final Pattern MESSAGE =
      Pattern.compile("\"message\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)");

  /** What looks like a key in any provider's message. */
  private static final Pattern KEY =
      Pattern.compile("\\b(?:sk|pk|key|gh[pousr]|AIza)[-_]?[A-Za-z0-9*_-]{6,}|(?i:bearer)\\s+\\S+");

  private static final List<String> OPERATOR =
      List.of(
          "insufficient_quota",
          "exceeded your current quota",
          "credit balance",
          "billing",
          "api key",
          "api_key",
          "authentication_error",
          "model_not_found",
          "model not found",
          "no such model",
          "enospc");

  private static final List<String> FINAL = List.of("content_filter", "content policy", "refusal");

  private ModelFailure() {}

  /**
   * {@code error} as the end of a turn.
   *
   * @param secret what must not be repeated, whatever the provider echoed
   */
  static Turn.Failed of(String error, String secret) {
    return new Turn.Failed(cause(error), message(error, secret));
  }

  private static Turn.Cause cause(String error) {
    String text = error.toLowerCase(Locale.ROOT);
    if (holdsOne(text, FINAL)) {
      return Turn.Cause.FINAL;
    }
    if (holdsOne(text, OPERATOR)) {
      return Turn.Cause.OPERATOR;
    }
    Matcher status = STATUS.matcher(error);
    // What is not numbered is a connection that broke, and those come back.
    return status.find() ? cause(Integer.parseInt(status.group(1))) : Turn.Cause.PASSES;
  }

  private static Turn.Cause cause(int status) {
    return switch (status) {
      case 401, 402, 403, 404 -> Turn.Cause.OPERATOR;
      case 408, 409, 425, 429 -> Turn.Cause.PASSES;
      default -> status / 100 == 4 ? Turn.Cause.FINAL : Turn.Cause.PASSES;
    };
  }

  private static boolean holdsOne(String text, List<String> words) {
    return words.stream().anyMatch(text::contains);
  }

  private static String message(String error, String secret) {
    Matcher status = STATUS.matcher(error);
    Matcher inner = MESSAGE.matcher(error);
    String told = inner.find() ? inner.group(1).replace("\\\"", "\"").replace("\\n", " ") : error;
    String numbered = status.find() && inner.reset().find() ? status.group(1) + ": " + told : told;
    String clean = secret.isEmpty() ? numbered : numbered.replace(secret, "***");
    return OneLine.of(KEY.matcher(clean).replaceAll("***"), LONGEST);
  }
}
