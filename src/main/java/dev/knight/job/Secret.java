package dev.knight.job;

/** A text that is never shown: a token or a key. */
public final class Secret {
  private final String text;

  /** Guards {@code text}. */
  public Secret(String text) {
    this.text = text;
  }

  /** The text itself, for the one call that needs it. */
  public String reveal() {
    return text;
  }

  @Override
  public String toString() {
    return "***";
  }
}
