package dev.knight.doctor;

import dev.knight.job.Secret;

/** The kinds of tokens that GitHub gives, as their beginnings tell. */
public enum TokenKind {
  /** A personal access token with scopes. */
  CLASSIC("a classic token", "/settings/tokens"),
  /** A personal access token with permissions for chosen repositories. */
  FINE_GRAINED("a fine-grained token", "/settings/personal-access-tokens"),
  /** What a GitHub App has for an hour. */
  APP("a GitHub App's token", "/settings/installations"),
  /** What a person gave to a program, as {@code gh auth login} does. */
  OAUTH("a token of gh or another program", "/settings/applications"),
  /** None of these. */
  UNKNOWN("a token of an unknown kind", "/settings/tokens");

  private final String words;
  private final String page;

  TokenKind(String words, String page) {
    this.words = words;
    this.page = page;
  }

  /** The kind of {@code token}. */
  public static TokenKind of(Secret token) {
    String text = token.reveal();
    if (text.startsWith("ghp_") || text.matches("[0-9a-f]{40}")) {
      return CLASSIC;
    }
    if (text.startsWith("github_pat_")) {
      return FINE_GRAINED;
    }
    if (text.startsWith("ghs_")) {
      return APP;
    }
    return text.startsWith("gho_") || text.startsWith("ghu_") ? OAUTH : UNKNOWN;
  }

  /** As people call it. */
  public String words() {
    return words;
  }

  /** Where its owner changes it. */
  String page() {
    return page;
  }

  /** Whether scopes say what it may do. */
  boolean hasScopes() {
    return this == CLASSIC || this == OAUTH;
  }
}
