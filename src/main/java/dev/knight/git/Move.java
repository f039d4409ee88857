package dev.knight.git;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * That a worktree is brought onto what people pushed. It is kept as a commit of the mirror, which
 * goes nowhere: its parents are the two heads, its message names what is to be settled.
 *
 * @param known the head that the files had in them
 * @param head the one that they are brought onto
 * @param merge what they become
 */
record Move(Commit known, Commit head, Merge merge) {
  private static final PersonIdent NOBODY =
      new PersonIdent("knight", "knight@localhost", Instant.EPOCH, ZoneOffset.UTC);

  /** The one that {@code ref} leads to. */
  static Optional<Move> read(BareRepository mirror, String ref) throws IOException {
    Optional<Commit> kept = mirror.at(ref);
    if (kept.isEmpty()) {
      return Optional.empty();
    }
    try (RevWalk walk = new RevWalk(mirror.git())) {
      RevCommit commit = walk.parseCommit(kept.get().objectId());
      List<String> conflicts =
          commit.getFullMessage().lines().filter(path -> !path.isEmpty()).toList();
      return Optional.of(
          new Move(
              Commit.of(commit.getParent(0)),
              Commit.of(commit.getParent(1)),
              new Merge(commit.getTree().name(), conflicts)));
    }
  }

  /** Lets {@code ref} lead to it. */
  void write(BareRepository mirror, String ref) throws IOException {
    CommitBuilder builder = new CommitBuilder();
    builder.setTreeId(ObjectId.fromString(merge.tree()));
    builder.setParentIds(known.objectId(), head.objectId());
    builder.setAuthor(NOBODY);
    builder.setCommitter(NOBODY);
    builder.setMessage(String.join("\n", merge.conflicts()));
    try (ObjectInserter inserter = mirror.git().newObjectInserter()) {
      ObjectId id = inserter.insert(builder);
      inserter.flush();
      mirror.point(ref, id);
    }
  }
}
