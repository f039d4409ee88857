package dev.knight.git;

import dev.knight.job.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads a directory that an agent wrote. Links are looked at, never followed; what cannot be read
 * is the agent's doing, so the job is refused.
 *
 * @param top sentences name what lies below it by its path from here
 */
record HostileFiles(Path top) {
  private static final Set<OpenOption> READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}]");
  private static final int LONGEST = 200;

  /** What is in {@code directory}, in no order. */
  List<Path> entries(Path directory) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(entries::add);
      return entries;
    } catch (FileSystemException e) {
      throw unreadable(directory, e);
    }
  }

  /** What {@code path} itself is. */
  PosixFileAttributes attributes(Path path) throws IOException {
    try {
      return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (FileSystemException e) {
      throw unreadable(path, e);
    }
  }

  /** The words of the link at {@code path}. */
  byte[] target(Path path) throws IOException {
    try {
      return FileNames.bytes(Files.readSymbolicLink(path));
    } catch (FileSystemException e) {
      throw unreadable(path, e);
    }
  }

  /** The content of {@code path}, which was a plain file when last looked at. */
  InputStream open(Path path) throws IOException {
    try {
      return Channels.newInputStream(Files.newByteChannel(path, READ));
    } catch (FileSystemException e) {
      throw unreadable(path, e);
    }
  }

  /** {@code path} as a person knows it, on one short line. */
  String shown(Path path) {
    String text = CONTROL.matcher(top.relativize(path).toString()).replaceAll("?");
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  private RefusedException unreadable(Path path, FileSystemException cause) {
    return new RefusedException(
        "knight cannot read '%s' in the worktree, so it publishes nothing".formatted(shown(path)),
        cause);
  }
}
