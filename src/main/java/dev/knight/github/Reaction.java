package dev.knight.github;

import java.util.Arrays;
import java.util.Optional;

/** The small pictures that knight answers with, or is answered with. */
public enum Reaction {
  /** 👀: seen, and taken on. */
  EYES("eyes"),
  /** 👍: let it through. */
  THUMBS_UP("+1"),
  /** 👎: stop. */
  THUMBS_DOWN("-1"),
  /** 🚀: go, or go on. */
  ROCKET("rocket"),
  /** 😕: what is it doing? */
  CONFUSED("confused");

  private final String content;

  Reaction(String content) {
    this.content = content;
  }

  /** The one that GitHub calls {@code content}; empty for those that knight does not read. */
  static Optional<Reaction> of(String content) {
    return Arrays.stream(values()).filter(one -> one.content.equals(content)).findFirst();
  }

  /** GitHub's word for it. */
  String content() {
    return content;
  }
}
