package dev.knight.git;

import dev.knight.job.RefusedException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A directory that an agent wrote, held open. What lies in it is reached from here by its name
 * alone: no link is followed, and who puts a link in the place of a directory meanwhile leads
 * nobody astray. What cannot be read is the agent's doing, so the job is refused.
 */
final class HostileDirectory implements AutoCloseable {
  private static final Set<OpenOption> READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}]");
  private static final int LONGEST = 200;

  private final Path top;
  private final Path path;
  private final SecureDirectoryStream<Path> stream;

  private HostileDirectory(Path top, Path path, SecureDirectoryStream<Path> stream) {
    this.top = top;
    this.path = path;
    this.stream = stream;
  }

  /** The directory {@code path}, which is knight's own but for what is in it. */
  static HostileDirectory open(Path path) throws IOException {
    Path parent = Objects.requireNonNull(path.getParent(), "a worktree lies in a directory");
    Path name = Objects.requireNonNull(path.getFileName(), "a worktree has a name");
    try (DirectoryStream<Path> above = Files.newDirectoryStream(parent)) {
      if (above instanceof SecureDirectoryStream<Path> secure) {
        return new HostileDirectory(path, path, below(secure, name));
      }
      throw new IOException("This system cannot read %s without following links".formatted(path));
    }
  }

  /** The directory {@code name} in this one. */
  HostileDirectory directory(Path name) throws IOException {
    try {
      Path deeper = path.resolve(name);
      return new HostileDirectory(top, deeper, below(stream, name));
    } catch (FileSystemException e) {
      throw unreadable(name, e);
    }
  }

  private static SecureDirectoryStream<Path> below(SecureDirectoryStream<Path> above, Path name)
      throws IOException {
    return above.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * The names in it, in no order.
   *
   * @throws RefusedException if there are more than {@code most}
   */
  List<Path> names(int most) throws IOException {
    List<Path> names = new ArrayList<>();
    try {
      for (Path entry : stream) {
        if (names.size() == most) {
          throw new RefusedException(
              "A directory of the worktree has more than %d entries, which is more than knight reads"
                  .formatted(most));
        }
        names.add(Objects.requireNonNull(entry.getFileName()));
      }
      return names;
    } catch (DirectoryIteratorException e) {
      throw unreadable(Path.of(""), e);
    }
  }

  /** What {@code name} itself is. */
  PosixFileAttributes attributes(Path name) throws IOException {
    try {
      return stream
          .getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .readAttributes();
    } catch (FileSystemException e) {
      throw unreadable(name, e);
    }
  }

  /**
   * The words of the link {@code name}. Java reads them by the path alone, so what stands there
   * before and after has to be the link that was seen from here.
   */
  byte[] target(Path name, PosixFileAttributes seen) throws IOException {
    try {
      Path there = path.resolve(name);
      byte[] words = FileNames.bytes(Files.readSymbolicLink(there));
      PosixFileAttributes after =
          Files.readAttributes(there, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!after.isSymbolicLink() || !Objects.equals(after.fileKey(), seen.fileKey())) {
        throw changing(name);
      }
      return words;
    } catch (FileSystemException e) {
      throw unreadable(name, e);
    }
  }

  /** A use of a file's bytes. */
  @FunctionalInterface
  interface Reading<T> {
    T read(InputStream in) throws IOException;
  }

  /**
   * Lets {@code reading} read {@code name}, which was a plain file when last looked at.
   *
   * @throws RefusedException also if it has become shorter meanwhile
   */
  <T> T read(Path name, Reading<T> reading) throws IOException {
    try (InputStream in = Channels.newInputStream(stream.newByteChannel(name, READ))) {
      return reading.read(in);
    } catch (FileSystemException e) {
      throw unreadable(name, e);
    } catch (EOFException _) {
      throw changing(name);
    }
  }

  /**
   * Whether {@code name} is one of several names of a file, the others of which may lie anywhere.
   */
  boolean isShared(Path name) throws IOException {
    try {
      return Files.getAttribute(path.resolve(name), "unix:nlink", LinkOption.NOFOLLOW_LINKS)
              instanceof Integer links
          && links > 1;
    } catch (FileSystemException e) {
      throw unreadable(name, e);
    }
  }

  /** {@code name} in here as a person knows it, on one short line. */
  String shown(Path name) {
    String text = CONTROL.matcher(top.relativize(path.resolve(name)).toString()).replaceAll("?");
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  private RefusedException changing(Path name) {
    return new RefusedException(
        "'%s' in the worktree changes while knight reads it, so it publishes nothing"
            .formatted(shown(name)));
  }

  private RefusedException unreadable(Path name, Exception cause) {
    return new RefusedException(
        "knight cannot read '%s' in the worktree, so it publishes nothing".formatted(shown(name)),
        cause);
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
