package dev.knight.attempt;

/** What becomes of a job whose agent asks something. */
public enum Questions {
  /** It goes on with what the agent would assume, where that can be undone. */
  GO_ON,
  /** It waits for an answer. */
  WAIT;

  /** The one of the two that asks more of people; a repository can only make it that. */
  Questions or(Questions other) {
    return this == WAIT || other == WAIT ? WAIT : GO_ON;
  }
}
