package dev.knight.git;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;

/**
 * A commit to be made: unsigned, and depending on nothing but these two.
 *
 * @param tree what it holds
 * @param draft all the rest
 */
record NewCommit(String tree, Draft draft) {
  /** Writes it to {@code mirror} and points the draft's branch there at it. */
  Commit writeTo(BareRepository mirror) throws IOException {
    try (ObjectInserter inserter = mirror.git().newObjectInserter()) {
      ObjectId id = inserter.insert(built());
      inserter.flush();
      mirror.point(draft.branch().ref(), id);
      return Commit.of(id);
    }
  }

  /**
   * Writes a commit of {@code tree} on {@code parent} that nothing leads to yet. The same twice is
   * the same commit.
   */
  static Commit loose(BareRepository mirror, ObjectId tree, Commit parent) throws IOException {
    PersonIdent nobody =
        new PersonIdent("knight", "knight@localhost", Instant.EPOCH, ZoneOffset.UTC);
    CommitBuilder builder = new CommitBuilder();
    builder.setTreeId(tree);
    builder.setParentId(parent.objectId());
    builder.setAuthor(nobody);
    builder.setCommitter(nobody);
    builder.setMessage("Tried out\n");
    try (ObjectInserter inserter = mirror.git().newObjectInserter()) {
      ObjectId id = inserter.insert(builder);
      inserter.flush();
      return Commit.of(id);
    }
  }

  private CommitBuilder built() {
    Author author = draft.author();
    PersonIdent person = new PersonIdent(author.name(), author.email(), draft.at(), ZoneOffset.UTC);
    CommitBuilder builder = new CommitBuilder();
    builder.setTreeId(ObjectId.fromString(tree));
    builder.setParentIds(
        Stream.concat(Stream.of(draft.parent()), draft.joined().stream())
            .map(Commit::objectId)
            .toList());
    builder.setAuthor(person);
    builder.setCommitter(person);
    builder.setMessage(draft.message());
    return builder;
  }
}
