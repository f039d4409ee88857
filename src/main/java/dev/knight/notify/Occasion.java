package dev.knight.notify;

import dev.knight.job.Event;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What people can be told of. */
public enum Occasion {
  /** A request was taken. */
  ACCEPTED("accepted", "took a request"),
  /** An attempt has begun. */
  STARTED("started", "has begun"),
  /** Something went wrong that passes: it is tried again. */
  RETRYING("retrying", "tries again"),
  /** It asks something, shows a plan, or holds something back. */
  NEEDS_YOU("needs-you", "needs you"),
  /** The pull request is there, or the answer. */
  DONE("done", "is done"),
  /** Nothing had to change. */
  NO_CHANGE("no-change", "has nothing to change"),
  /** It could not be done. */
  FAILED("failed", "has failed"),
  /** Somebody called it off. */
  STOPPED("stopped", "was stopped");

  private final String word;
  private final String says;

  Occasion(String word, String says) {
    this.word = word;
    this.says = says;
  }

  /** The word for it in settings and in what is sent. */
  public String word() {
    return word;
  }

  /** What knight does then, as a person says it. */
  String says() {
    return says;
  }

  /** Every word, in the order of a job's life. */
  public static List<String> words() {
    return Arrays.stream(values()).map(Occasion::word).toList();
  }

  /** The one with that word. */
  public static Optional<Occasion> named(String word) {
    return Arrays.stream(values()).filter(one -> one.word.equals(word)).findFirst();
  }

  /** What {@code event} is to people, if it is something to tell. */
  static Optional<Occasion> of(Event event) {
    return switch (event.kind()) {
      case "accepted" -> Optional.of(ACCEPTED);
      case "started" -> Optional.of(STARTED);
      case "retry", "waits" -> Optional.of(RETRYING);
      case "needs-you", "held", "planned" -> Optional.of(NEEDS_YOU);
      case "stopped" -> Optional.of(STOPPED);
      case "finished" -> named(event.text().split(":", 2)[0]);
      default -> Optional.empty();
    };
  }
}
