package dev.knight.git;

import dev.knight.job.RefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;

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

  /** The blob of the plain file {@code name}. */
  ObjectId content(HostileDirectory in, Path name, long size, Optional<ObjectId> before)
      throws IOException {
    if (before.isPresent() && isSame(in, name, size, before.get())) {
      return before.get();
    }
    if (size > limits.fileBytes()) {
      throw new RefusedException(
          "'%s' has %d MB; GitHub takes no file over %d MB"
              .formatted(in.shown(name), size >> 20, limits.fileBytes() >> 20));
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
    return in.read(name, bytes -> inserter.insert(Constants.OBJ_BLOB, size, bytes));
  }

  /** Size first: an agent can make a file of terabytes without writing one. */
  private boolean isSame(HostileDirectory in, Path name, long size, ObjectId before)
      throws IOException {
    return reader.getObjectSize(before, Constants.OBJ_BLOB) == size
        && in.read(name, bytes -> inserter.idFor(Constants.OBJ_BLOB, size, bytes)).equals(before);
  }
}
