package dev.knight.job;

/** What intake decided about a mention, once, when it read it. */
public enum Verdict {
  /** A trusted person's: it became a job or joined one. */
  ACCEPTED,
  /** Its author has too little permission: no reaction, only this row. */
  STRANGER,
  /** A bot's account, which may not command knight. */
  BOT,
  /** Older than knight looks back, or on a closed subject. */
  STALE
}
