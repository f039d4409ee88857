package dev.knight.git;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Map;

/**
 * Gives a worktree that lies over a template all of its files itself, where the kernel cannot be
 * asked to show it any more. Where the template has nothing, nothing is to be done, so only places
 * of the template are looked at. Nothing may work there meanwhile.
 *
 * @param template the files below
 * @param own the worktree's directory
 * @param spare where copies are made, on the disk of {@code own}
 */
record Flattening(Path template, Path own, Path spare) {
  private static final int KIND = 0170000;
  private static final int CHARACTERS = 0020000;
  private static final String OPAQUE = "overlay.opaque";

  /** Adds what was neither changed nor deleted. Who was interrupted does it again. */
  void fill() throws IOException {
    fill(template, own);
  }

  private void fill(Path below, Path above) throws IOException {
    unlock(above);
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(below)) {
      for (Path entry : entries) {
        Path place = above.resolve(entry.getFileName());
        if (isDirectory(entry)) {
          directory(entry, place);
        } else if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
          copy(entry, place);
        }
      }
    }
  }

  private void directory(Path below, Path above) throws IOException {
    if (!Files.exists(above, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(above);
    }
    if (isDirectory(above) && !isOpaque(above)) {
      fill(below, above);
    }
  }

  private void copy(Path file, Path place) throws IOException {
    Path copy = spare.resolve("copy");
    Files.deleteIfExists(copy);
    Files.copy(file, copy, LinkOption.NOFOLLOW_LINKS, StandardCopyOption.COPY_ATTRIBUTES);
    Files.move(copy, place, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Deletes the kernel's marks of what was deleted, once all else is there. */
  void clear() throws IOException {
    clear(template, own);
  }

  private static void clear(Path below, Path above) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(below)) {
      for (Path entry : entries) {
        Path place = above.resolve(entry.getFileName());
        if (isDirectory(entry) && isDirectory(place)) {
          clear(entry, place);
        } else if (isMark(place)) {
          Files.delete(place);
        }
      }
    }
  }

  /** A device that no machine has. */
  private static boolean isMark(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    Map<String, Object> facts =
        Files.readAttributes(path, "unix:mode,rdev", LinkOption.NOFOLLOW_LINKS);
    return facts.get("mode") instanceof Integer mode
        && (mode & KIND) == CHARACTERS
        && Long.valueOf(0).equals(facts.get("rdev"));
  }

  /** Whether it was made anew, so that nothing of the template's is in it. */
  private static boolean isOpaque(Path directory) throws IOException {
    UserDefinedFileAttributeView view =
        Files.getFileAttributeView(
            directory, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (!view.list().contains(OPAQUE)) {
      return false;
    }
    ByteBuffer value = ByteBuffer.allocate(view.size(OPAQUE));
    view.read(OPAQUE, value);
    return StandardCharsets.US_ASCII.decode(value.flip()).toString().equals("y");
  }

  private static boolean isDirectory(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  private static void unlock(Path directory) throws IOException {
    if (!Files.isWritable(directory)) {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }
}
