package dev.knight.github;

import java.util.Locale;

/** How a check stands, in GitHub's words for how one can end. */
public enum Conclusion {
  /** It has not ended. */
  PENDING,
  SUCCESS,
  NEUTRAL,
  SKIPPED,
  FAILURE,
  TIMED_OUT,
  CANCELLED,
  /** A person has to do something on GitHub before it runs. */
  ACTION_REQUIRED,
  /** Its workflow could not even begin. */
  STARTUP_FAILURE,
  /** GitHub gave it up after two weeks. */
  STALE,
  /** It ended in a way that this version does not know. */
  UNKNOWN;

  /** How {@code conclusion} is called, of a check of that {@code status}. */
  static Conclusion of(String status, String conclusion) {
    if (!status.equals("completed")) {
      return PENDING;
    }
    try {
      return valueOf(conclusion.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      return UNKNOWN;
    }
  }

  /** How the state of a commit status is called. */
  static Conclusion ofState(String state) {
    return switch (state) {
      case "success" -> SUCCESS;
      case "failure", "error" -> FAILURE;
      case "pending" -> PENDING;
      default -> UNKNOWN;
    };
  }

  /** Whether it has ended well, or did not have to run. */
  public boolean isFine() {
    return switch (this) {
      case SUCCESS, NEUTRAL, SKIPPED -> true;
      case PENDING,
          FAILURE,
          TIMED_OUT,
          CANCELLED,
          ACTION_REQUIRED,
          STARTUP_FAILURE,
          STALE,
          UNKNOWN ->
          false;
    };
  }

  /** The word that people read. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
