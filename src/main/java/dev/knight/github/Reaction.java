package dev.knight.github;

/** The small pictures that knight answers with, or is answered with. */
public enum Reaction {
  /** 👀: seen, and taken on. */
  EYES("eyes"),
  /** 👍: let it through. */
  THUMBS_UP("+1");

  private final String content;

  Reaction(String content) {
    this.content = content;
  }

  /** GitHub's word for it. */
  String content() {
    return content;
  }
}
