package dev.knight.git;

import dev.knight.job.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;

/** Puts the content of files into the mirror, as far as it is new. For one reading. */
final class Blobs {
  private final HostileFiles files;
  private final ObjectReader reader;
  private final ObjectInserter inserter;
  private final GitLimits limits;
  private long newBytes;

  Blobs(HostileFiles files, ObjectReader reader, ObjectInserter inserter, GitLimits limits) {
    this.files = files;
    this.reader = reader;
    this.inserter = inserter;
    this.limits = limits;
  }

  /** The blob of the link {@code file}. The base's own counts as unchanged if Java reads it so. */
  ObjectId link(Path file, Optional<ObjectId> before) throws IOException {
    byte[] target = files.target(file);
    ObjectId id = inserter.idFor(Constants.OBJ_BLOB, target);
    if (before.isPresent() && !before.get().equals(id) && target.length > 0) {
      ObjectLoader blob = reader.open(before.get(), Constants.OBJ_BLOB);
      if (Arrays.equals(FileNames.bytes(TreeNames.target(blob)), target)) {
        return before.get();
      }
    }
    return inserter.insert(Constants.OBJ_BLOB, target);
  }

  /** The blob of the plain {@code file}. */
  ObjectId content(Path file, long size, Optional<ObjectId> before) throws IOException {
    if (before.isPresent() && isSame(file, size, before.get())) {
      return before.get();
    }
    if (size > limits.fileBytes()) {
      throw new RefusedException(
          "'%s' has %d MB; GitHub takes no file over %d MB"
              .formatted(files.shown(file), size >> 20, limits.fileBytes() >> 20));
    }
    newBytes += size;
    if (newBytes > limits.changedBytes()) {
      throw new RefusedException(
          "The change holds more than %d MB of new content; is something missing in .gitignore?"
              .formatted(limits.changedBytes() >> 20));
    }
    try (InputStream in = files.open(file)) {
      return inserter.insert(Constants.OBJ_BLOB, size, in);
    }
  }

  /** Size first: an agent can make a file of terabytes without writing one. */
  private boolean isSame(Path file, long size, ObjectId before) throws IOException {
    if (reader.getObjectSize(before, Constants.OBJ_BLOB) != size) {
      return false;
    }
    try (InputStream in = files.open(file)) {
      return inserter.idFor(Constants.OBJ_BLOB, size, in).equals(before);
    }
  }
}
