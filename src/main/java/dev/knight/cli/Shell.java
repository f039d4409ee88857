package dev.knight.cli;

import java.util.Locale;

/** A shell that completes what is typed. */
enum Shell {
  /** Bash. */
  BASH,
  /** Zsh. */
  ZSH,
  /** Fish. */
  FISH;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
