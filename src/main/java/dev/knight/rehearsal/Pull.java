package dev.knight.rehearsal;

import java.time.Instant;
import java.util.Optional;

/**
 * What makes an issue a pull request.
 *
 * @param id differs from the id, as on GitHub
 * @param head the branch with the change, in the same repository
 * @param headCommit the last commit seen there; it stays when the branch is deleted
 * @param base the branch that it is meant for
 * @param mergeCommit the commit that merged it
 */
public record Pull(
    long id,
    String head,
    String headCommit,
    String base,
    boolean draft,
    Optional<Instant> mergedAt,
    Optional<String> mergeCommit) {

  Pull pushed(String commit) {
    return new Pull(id, head, commit, base, draft, mergedAt, mergeCommit);
  }

  Pull onto(String newBase) {
    return new Pull(id, head, headCommit, newBase, draft, mergedAt, mergeCommit);
  }

  Pull ready() {
    return drafted(false);
  }

  Pull drafted(boolean nowDraft) {
    return new Pull(id, head, headCommit, base, nowDraft, mergedAt, mergeCommit);
  }

  Pull merged(String commit, Instant at) {
    return new Pull(id, head, headCommit, base, draft, Optional.of(at), Optional.of(commit));
  }
}
