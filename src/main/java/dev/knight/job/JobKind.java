package dev.knight.job;

import java.util.Locale;

/** What a job is asked to do. */
public enum JobKind {
  /** Change the code and open a pull request. */
  IMPLEMENT,
  /** Review a pull request and change nothing. */
  REVIEW,
  /** Answer a question and change nothing. */
  ASK;

  /** What a job is that {@code order} makes. */
  public static JobKind of(Order order) {
    return switch (order) {
      case REVIEW -> REVIEW;
      case ASK -> ASK;
      case DO, PLAN, GO, RETRY, STATUS, HELP, STOP -> IMPLEMENT;
    };
  }

  /** The word that people read: in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
