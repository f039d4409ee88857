package dev.knight.pi;

/** Why the model stopped; only the last answer of a run tells how the run ended. */
public enum StopReason {
  /** Still streaming. */
  PENDING("pending"),
  /** It said all it wanted to. */
  STOP("stop"),
  /** The limit of tokens cut it off. */
  LENGTH("length"),
  /** It called tools. */
  TOOL_USE("toolUse"),
  /** The model could not be asked. */
  ERROR("error"),
  /** Somebody stopped it. */
  ABORTED("aborted"),
  /** It will go on by itself. */
  DEFERRED("deferred"),
  /** A word that pi did not use when this was written. */
  UNKNOWN("");

  private final String word;

  StopReason(String word) {
    this.word = word;
  }

  /** The one that pi calls {@code word}. */
  public static StopReason of(String word) {
    for (StopReason reason : values()) {
      if (reason.word.equals(word)) {
        return reason;
      }
    }
    return UNKNOWN;
  }
}
