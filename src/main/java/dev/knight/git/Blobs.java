package dev.knight.git;

import dev.knight.job.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.util.io.AutoLFInputStream;

/** Puts the content of files into the mirror, as far as it is new. For one reading. */
final class Blobs {
  private final ObjectReader reader;
  private final ObjectInserter inserter;
  private final GitLimits limits;
  private long newBytes;

  Blobs(ObjectReader reader, ObjectInserter inserter, GitLimits limits) {
    this.reader = reader;
    this.inserter = inserter;
    this.limits = limits;
  }

  /** The blob of the link {@code name}. The base's own counts as unchanged if Java reads it so. */
  ObjectId link(HostileDirectory in, Path name, PosixFileAttributes seen, Optional<ObjectId> before)
      throws IOException {
    byte[] target = in.target(name, seen);
    ObjectId id = inserter.idFor(Constants.OBJ_BLOB, target);
    if (before.isPresent() && !before.get().equals(id) && target.length > 0) {
      ObjectLoader blob = reader.open(before.get(), Constants.OBJ_BLOB);
      if (Arrays.equals(FileNames.bytes(TreeNames.target(blob)), target)) {
        return before.get();
      }
    }
    return inserter.insert(Constants.OBJ_BLOB, target);
  }

  /**
   * The blob of the plain file {@code name}. A file that is as it was written from the base has the
   * base's own, even where git would commit it otherwise today.
   *
   * @param lines how its lines end
   */
  ObjectId content(
      HostileDirectory in, Path name, long size, Optional<ObjectId> before, Lines lines)
      throws IOException {
    if (before.isPresent() && isUntouched(in, name, size, before.get(), lines.written())) {
      return before.get();
    }
    if (size > limits.fileBytes()) {
      throw new RefusedException(
          "'%s' has %d MB; GitHub takes no file over %d MB"
              .formatted(in.shown(name), size >> 20, limits.fileBytes() >> 20));
    }
    long dropped = dropped(in, name, size, before, lines.committed());
    if (before.isPresent() && isBlob(in, name, size, dropped, before.get())) {
      return before.get();
    }
    newBytes += size;
    if (newBytes > limits.changedBytes()) {
      throw new RefusedException(
          "The change holds more than %d MB of new content; is something missing in .gitignore?"
              .formatted(limits.changedBytes() >> 20));
    }
    if (in.isShared(name)) {
      throw new RefusedException(
          "'%s' is a second name of another file, and knight cannot tell whose; make it a copy"
              .formatted(in.shown(name)));
    }
    return in.read(
        name,
        bytes -> inserter.insert(Constants.OBJ_BLOB, size - dropped, without(dropped, bytes)));
  }

  /** Whether it is what a checkout of {@code before} writes. */
  private boolean isUntouched(
      HostileDirectory in, Path name, long size, ObjectId before, LineEndings written)
      throws IOException {
    if (!written.mayWriteCrlf()) {
      return isBlob(in, name, size, 0, before);
    }
    Written content = Written.of(reader.open(before, Constants.OBJ_BLOB), written);
    if (content.size() != size) {
      return false;
    }
    try (InputStream expected = content.open()) {
      return id(in, name, size, 0).equals(inserter.idFor(Constants.OBJ_BLOB, size, expected));
    }
  }

  /** Size first: an agent can make a file of terabytes without writing one. */
  private boolean isBlob(HostileDirectory in, Path name, long size, long dropped, ObjectId blob)
      throws IOException {
    return reader.getObjectSize(blob, Constants.OBJ_BLOB) == size - dropped
        && id(in, name, size, dropped).equals(blob);
  }

  private ObjectId id(HostileDirectory in, Path name, long size, long dropped) throws IOException {
    return in.read(
        name, bytes -> inserter.idFor(Constants.OBJ_BLOB, size - dropped, without(dropped, bytes)));
  }

  /** How many CR of the file are not committed. */
  private long dropped(
      HostileDirectory in, Path name, long size, Optional<ObjectId> before, LineEndings committed)
      throws IOException {
    if (committed == LineEndings.KEPT) {
      return 0;
    }
    Census file = in.read(name, bytes -> Census.of(bytes, size));
    Census known = file.hasCrlf() && before.isPresent() ? census(before.get()) : Census.NOTHING;
    return committed.commitsLf(file, known) ? file.crlf() : 0;
  }

  private Census census(ObjectId blob) throws IOException {
    ObjectLoader content = reader.open(blob, Constants.OBJ_BLOB);
    try (InputStream in = content.openStream()) {
      return Census.of(in, content.getSize());
    }
  }

  private static InputStream without(long dropped, InputStream bytes) {
    return dropped == 0 ? bytes : AutoLFInputStream.create(bytes);
  }

  /**
   * How the lines of one file end.
   *
   * @param written where it was written from the base
   * @param committed by the rules of today
   */
  record Lines(LineEndings written, LineEndings committed) {}
}
