package dev.knight.policy;

/** Why something has to be seen. */
public enum Rule {
  /** What GitHub, or another service, runs with the rights of the repository. */
  WORKFLOW("it changes what runs with the rights of the repository"),
  /** Who has to approve what. */
  OWNERS("it changes who has to approve changes"),
  /** Bots that change the repository by themselves. */
  BOT("it changes what a bot does to the repository by itself"),
  /** What git itself does in a checkout. */
  GIT("it changes what git does, or runs, in a checkout"),
  /** What coding agents are told, or may do. */
  AGENT("it changes what coding agents are told, or may do"),
  /** What a tool runs or loads unasked. */
  AUTORUN("a tool runs or loads it unasked, where the repository is opened or built"),
  /** Which commit of another repository belongs to this one. */
  SUBMODULE("it changes which commit of another repository is used"),
  /** A symbolic link. */
  LINK("it is a symbolic link"),
  /** A symbolic link out of the repository. */
  ESCAPE("it is a symbolic link that leads out of the repository"),
  /** What the repository itself protects. */
  PROTECTED(".knight.yml protects it"),
  /** A program that is not text. */
  PROGRAM("it is a program in a form that nobody can read"),
  /** A large file that is not text. */
  BINARY("it is a large file that is not text"),
  /** More than a person reads. */
  LARGE("it is more than a person can look through"),
  /** More than the repository wants in one pull request. */
  SIZE("it is more than this repository wants in one pull request"),
  /** Packages that are not asked for by a list of packages that changed, too. */
  LOCKFILE("it changes which packages are installed, though no list of packages changed"),
  /** A secret, or what looks like one. */
  SECRET("it holds what looks like a secret"),
  /** A name that not every system reads as it stands. */
  NAME("not every system reads its name as it stands");

  private final String why;

  Rule(String why) {
    this.why = why;
  }

  /** The rest of a sentence about a path, without its full stop. */
  public String why() {
    return why;
  }
}
