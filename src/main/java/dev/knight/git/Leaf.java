package dev.knight.git;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;

/** A file or link of a tree: read once, and written wherever it is wanted. */
record Leaf(FileMode mode, Written content) {
  private static final FileAttribute<Set<PosixFilePermission>> PLAIN = permissions("rw-r--r--");
  private static final FileAttribute<Set<PosixFilePermission>> EXECUTABLE =
      permissions("rwxr-xr-x");
  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private static FileAttribute<Set<PosixFilePermission>> permissions(String text) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
  }

  /** The blob {@code id}; what is no link has {@code lines}. */
  static Leaf read(ObjectReader reader, FileMode mode, ObjectId id, LineEndings lines)
      throws IOException {
    LineEndings own = mode.equals(FileMode.SYMLINK) ? LineEndings.KEPT : lines;
    return new Leaf(mode, Written.of(reader.open(id, Constants.OBJ_BLOB), own));
  }

  /** As git has it in its index. */
  long size() {
    return content.size();
  }

  /** Writes it to {@code file}, where nothing may be yet. */
  void put(Path file) throws IOException {
    if (mode.equals(FileMode.SYMLINK)) {
      Files.createSymbolicLink(file, TreeNames.target(content.blob()));
    } else {
      var permissions = mode.equals(FileMode.EXECUTABLE_FILE) ? EXECUTABLE : PLAIN;
      try (OutputStream out =
          Channels.newOutputStream(Files.newByteChannel(file, NEW, permissions))) {
        content.copyTo(out);
      }
    }
  }
}
