package dev.knight.hygiene;

import java.util.regex.Pattern;

/**
 * What a kind of secret looks like. Every repetition has a bound or is possessive behind a border,
 * so that a search takes time in proportion to the text.
 */
enum Shape {
  /** Of all kinds that GitHub gives out under this form. */
  GITHUB("a GitHub token", "(?<![A-Za-z0-9])gh[pousr]_[A-Za-z0-9]{20,255}+"),
  /** A fine-grained personal access token. */
  GITHUB_FINE("a GitHub token", "(?<![A-Za-z0-9])github_pat_[A-Za-z0-9_]{22,255}+"),
  /** An Anthropic key. */
  ANTHROPIC("an Anthropic key", "(?<![A-Za-z0-9])sk-ant-[A-Za-z0-9_-]{20,250}+"),
  /** An OpenRouter key. */
  OPENROUTER("an OpenRouter key", "(?<![A-Za-z0-9])sk-or-v1-[0-9a-f]{40,128}+"),
  /** An OpenAI key, also a project's, or one of those who took its form; not a CSS class. */
  OPENAI(
      "an OpenAI key",
      "(?<![A-Za-z0-9])sk-(?:[0-9a-f]{32,64}+(?![A-Za-z0-9_-])"
          + "|(?=[A-Za-z_-]{0,200}[0-9])(?=[a-z0-9_-]{0,200}[A-Z])[A-Za-z0-9_-]{20,250}+)"),
  /** A Google API key. */
  GOOGLE("a Google key", "(?<![A-Za-z0-9_-])AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])"),
  /** An AWS access key id, but not the one of AWS's documentation. */
  AWS(
      "an AWS key",
      "(?<![A-Za-z0-9/+])(?:AKIA|ASIA)(?![A-Z0-9]{9}EXAMPLE)[A-Z0-9]{16}(?![A-Za-z0-9/+])"),
  /** A Slack token. */
  SLACK("a Slack token", "(?<![A-Za-z0-9])xox[abeoprs]-[A-Za-z0-9-]{10,250}+"),
  /** A GitLab token. */
  GITLAB("a GitLab token", "(?<![A-Za-z0-9])glpat-[A-Za-z0-9_-]{20,250}+"),
  /** An npm token. */
  NPM("an npm token", "(?<![A-Za-z0-9])npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])"),
  /** A signed JSON web token. */
  JWT(
      "a JSON web token",
      "(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,}+\\.eyJ[A-Za-z0-9_-]{10,}+\\.[A-Za-z0-9_-]{10,}+"),
  /** A private key in PEM, also where its lines are escaped, and where its end is missing. */
  PEM(
      "a private key",
      "-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----"
          + "(?=(?:\\s|\\\\[nr]){0,8}(?:[A-Za-z0-9+/=]{24}|Proc-Type|DEK-Info))"
          + "[A-Za-z0-9+/=\\s\\\\:,.]{24,32768}+"
          + "(?:-[A-Za-z0-9][A-Za-z0-9+/=\\s\\\\:,.]{1,32768}+){0,8}+"
          + "(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----)?");

  private final String words;
  private final Pattern pattern;

  Shape(String words, String pattern) {
    this.words = words;
    this.pattern = Pattern.compile(pattern);
  }

  /** What it is, with its article. */
  String words() {
    return words;
  }

  Pattern pattern() {
    return pattern;
  }
}
