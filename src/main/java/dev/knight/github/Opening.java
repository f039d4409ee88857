package dev.knight.github;

/** What came of opening a pull request. */
public sealed interface Opening {

  /** It is new. */
  record Created(PullRequest pullRequest) implements Opening {}

  /** There was an open one for that branch already; its text is untouched. */
  record Adopted(PullRequest pullRequest) implements Opening {}

  /** The branch holds nothing that its base lacks. */
  record NothingToMerge() implements Opening {}
}
