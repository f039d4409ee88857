package dev.knight.job;

/** What a mention wants, by the first word after knight's name. */
public enum Order {
  /** A request in free words, or something added to one. */
  DO,
  /** A plan first; the work begins when a person agrees to it. */
  PLAN,
  /** A review of the pull request that it stands under; nothing is changed. */
  REVIEW,
  /** An answer; nothing is changed. */
  ASK,
  /** What knight has proposed is agreed to. */
  GO,
  /** The last job of the subject once more. */
  RETRY,
  /** A word on what knight is doing. */
  STATUS,
  /** A word on what can be asked. */
  HELP,
  /** The active job ends. */
  STOP
}
