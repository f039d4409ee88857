package dev.knight.job;

/** What intake decided about a mention, once, when it read it. */
public enum Verdict {
  /** A trusted person's: it became a job or joined one. */
  ACCEPTED,
  /** A trusted person's, with nothing but the order to stop: it ends the active job. */
  STOP,
  /** A trusted person's, who wants to know something of knight itself: answered, and no job. */
  ASIDE,
  /** Its author has too little permission: no reaction, only this row. */
  STRANGER,
  /** A bot's account, which may not command knight. */
  BOT,
  /**
   * A trusted person's, who or whose repository has asked for more than the owner allows: no job,
   * and told once.
   */
  LIMITED,
  /** Older than knight looks back, or on a closed subject. */
  STALE;

  /** Whether its author is answered at all. */
  public boolean isHeard() {
    return switch (this) {
      case ACCEPTED, STOP, ASIDE -> true;
      case STRANGER, BOT, LIMITED, STALE -> false;
    };
  }
}
