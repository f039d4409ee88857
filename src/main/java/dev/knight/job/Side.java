package dev.knight.job;

import java.util.Locale;

/** A side of the world that every job needs, and that may be away for all of them at once. */
public enum Side {
  /** GitHub's API. */
  GITHUB,
  /** Where git fetches from and pushes to. */
  GIT,
  /** The model's provider. */
  MODEL;

  /** The word that logs use: in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
