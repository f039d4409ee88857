package dev.knight.intake;

import dev.knight.job.Order;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells an order from a request that only begins like one. An order is said in so many words: what
 * may as well be about the code ("stop using tabs", "review comments get lost") is a request. With
 * a slash, as {@code /plan}, a word is always meant as an order.
 */
final class OrderWords {
  /**
   * What people add to an order and that changes nothing about it. What it took it keeps: the stack
   * would not hold a way back through all that fits into one text.
   */
  private static final String COURTESY =
      "(?:[\\s,]+(?:please|pls|now|thanks|thank you|thx|then|again|for now|at once|everyone|all))*+";

  private static final String END = "\\s*[.!?…)]*\\s*";

  /** The end of a sentence, whatever comes after it. */
  private static final String STOP_SIGN = "\\s*(?:[.!?…)]+(?:\\s.*)?|\\s[-–—].*)?";

  /** What a verb in the imperative is followed by, and a noun before another noun is not. */
  private static final String OBJECT =
      "(?:this|that|it|these|those|the|a|an|my|our|your|all|everything|only|just|what|how)";

  private static final Pattern STOP =
      whole(
          "stop(?:\\s+(?:please|now|it|this|that|here|working|everything|for now|at once))*+"
              + "\\s*(?:[.,;:!?…)].*|\\s[-–—].*)?");
  private static final Pattern STATUS =
      whole("status(?:\\s+(?:update|report|of this|here))?" + COURTESY + STOP_SIGN);
  private static final Pattern HELP = whole("help(?:\\s+me)?" + COURTESY + END);
  private static final Pattern RETRY =
      whole("(?:retry|try again)(?:\\s+(?:it|this|that|here|once more))?" + COURTESY + STOP_SIGN);
  private static final Pattern GO =
      whole(
          "go(?:\\s+(?:ahead|on|for it))?(?:\\s+with (?:it|this|that|the plan|your plan))?"
              + "(?:[\\s,]+looks good(?: to me)?)?"
              + COURTESY
              + "(?:[\\s,;]+(?:but|except|only|without)\\b.*)?"
              + STOP_SIGN);
  private static final Pattern PLAN =
      whole(
          "plan(?:"
              + COURTESY
              + "(?:[.!:,;].*)?|\\s+(?:first|before|out|ahead|for|to|with|without|and then|"
              + OBJECT
              + ")\\b.*)");
  private static final Pattern REVIEW_BARE =
      whole(
          "review(?:\\s+(?:this|it|that|the))?(?:\\s+(?:pr|pull request|change|changes|diff|code))?"
              + COURTESY
              + END);
  private static final Pattern REVIEW =
      whole(
          "review(?:"
              + COURTESY
              + "\\s*(?:[.!:,;?].*|\\s[-–—].*)?|\\s+(?:for|with|again|please|once more|whether|if|"
              + OBJECT
              + ")\\b.*)");
  private static final Pattern ASK =
      whole(
          "ask(?:\\s*[:,].+|\\s+[-–—]\\s*.+|\\s+(?:why|how|what|where|who|which|about|is|are|does|do|did|"
              + "can|could|should|would|will|has|have|was|were)\\b.*|\\s.*\\?\\s*)");

  /** Work that a review does not do. */
  private static final Pattern ALSO_WORK =
      Pattern.compile(
          "(?is).*\\b(?:and|then|also)\\s+(?:please\\s+)?(?:fix|mend|address|apply|change|update|"
              + "implement|resolve|correct|commit|push|merge|rebase|add|remove|rewrite|handle)\\b.*");

  private static final Pattern SLASH = Pattern.compile("(?s)/([A-Za-z][A-Za-z-]{0,30})\\b(.*)");
  private static final Pattern LONE = whole("([a-z]{4,12})(?:\\s+(?:it|this))?" + COURTESY + END);

  private OrderWords() {}

  /**
   * What {@code rest} says, which follows knight's name on its line.
   *
   * @param last whether nothing comes after it in the text
   * @param onPullRequest whether it stands under one
   */
  static Said of(String rest, boolean last, boolean onPullRequest) {
    String line = plain(rest);
    Matcher slash = SLASH.matcher(line);
    if (slash.matches()) {
      return slashed(slash.group(1).toLowerCase(Locale.ROOT), slash.group(2));
    }
    return order(line, last, onPullRequest)
        .map(Said::of)
        .or(() -> last ? mistyped(line) : Optional.empty())
        .orElse(Said.FREE);
  }

  /** Without what stands around the words: {@code : - `status`}. */
  private static String plain(String rest) {
    String line = rest.replaceFirst("^[\\s,:;.!–—>*-]+", "").strip();
    return line.replaceFirst("^`([^`]*)`$", "$1").strip();
  }

  private static Optional<Order> order(String line, boolean last, boolean onPullRequest) {
    if (STOP.matcher(line).matches()) {
      return Optional.of(Order.STOP);
    }
    if (STATUS.matcher(line).matches()) {
      return Optional.of(Order.STATUS);
    }
    if (last && HELP.matcher(line).matches()) {
      return Optional.of(Order.HELP);
    }
    if (RETRY.matcher(line).matches()) {
      return Optional.of(Order.RETRY);
    }
    if (GO.matcher(line).matches()) {
      return Optional.of(Order.GO);
    }
    if (PLAN.matcher(line).matches()) {
      return Optional.of(Order.PLAN);
    }
    if (isReview(line, last, onPullRequest)) {
      return Optional.of(Order.REVIEW);
    }
    return ASK.matcher(line).matches() ? Optional.of(Order.ASK) : Optional.empty();
  }

  /** In an issue there is nothing to review, unless that is all that is said. */
  private static boolean isReview(String line, boolean last, boolean onPullRequest) {
    return onPullRequest
        ? REVIEW.matcher(line).matches() && !ALSO_WORK.matcher(line).matches()
        : last && REVIEW_BARE.matcher(line).matches();
  }

  private static Said slashed(String word, String more) {
    return switch (word) {
      case "stop" -> Said.of(Order.STOP);
      case "status" -> Said.of(Order.STATUS);
      case "help" -> Said.of(Order.HELP);
      case "retry" -> Said.of(Order.RETRY);
      case "go" -> Said.of(Order.GO);
      case "plan" -> Said.of(Order.PLAN);
      case "review" -> Said.of(Order.REVIEW);
      case "ask" -> more.isBlank() ? Said.unknown(word) : Said.of(Order.ASK);
      default -> Said.unknown(word);
    };
  }

  /** One word and nothing else, a slip of the finger away from an order. */
  private static Optional<Said> mistyped(String line) {
    if (line.toLowerCase(Locale.ROOT).matches("ask" + END)) {
      return Optional.of(Said.unknown("ask"));
    }
    Matcher lone = LONE.matcher(line);
    if (!lone.matches()) {
      return Optional.empty();
    }
    String word = lone.group(1).toLowerCase(Locale.ROOT);
    return List.of("plan", "review", "stop", "retry", "status", "help").stream()
        .filter(order -> isSlip(word, order))
        .findFirst()
        .map(_ -> Said.unknown(word));
  }

  /** Whether one letter is missing, too many or another one, or two neighbours changed places. */
  static boolean isSlip(String word, String order) {
    int same = 0;
    while (same < Math.min(word.length(), order.length())
        && word.charAt(same) == order.charAt(same)) {
      same++;
    }
    String left = word.substring(same);
    String right = order.substring(same);
    boolean missing = !right.isEmpty() && right.substring(1).equals(left);
    boolean tooMany = !left.isEmpty() && left.substring(1).equals(right);
    boolean other =
        !left.isEmpty() && !right.isEmpty() && left.substring(1).equals(right.substring(1));
    boolean swapped =
        left.length() > 1
            && right.length() > 1
            && left.charAt(0) == right.charAt(1)
            && left.charAt(1) == right.charAt(0)
            && left.substring(2).equals(right.substring(2));
    return !word.equals(order) && (missing || tooMany || other || swapped);
  }

  private static Pattern whole(String pattern) {
    return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  }
}
