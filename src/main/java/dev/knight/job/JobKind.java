package dev.knight.job;

import java.util.Locale;

/** What a job is asked to do. */
public enum JobKind {
  /** Change the code and open a pull request. */
  IMPLEMENT;

  /** The word that people read: in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
