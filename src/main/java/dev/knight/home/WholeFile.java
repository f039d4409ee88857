package dev.knight.home;

import static java.util.Objects.requireNonNull;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that are there whole or not at all, also after a power cut; for their owner alone. */
public final class WholeFile {
  /** How a file ends that is not whole yet. */
  public static final String DRAFT = ".part";

  private WholeFile() {}

  /** What is to be in a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes it; closing {@code to} is not its task. */
    void write(OutputStream to) throws IOException;
  }

  /** Makes {@code file} with {@code content} and mode 0600, in place of one that is there. */
  public static void write(Path file, Content content) throws IOException {
    Path directory = requireNonNull(file.toAbsolutePath().getParent());
    Path draft = Files.createTempFile(directory, "." + file.getFileName(), DRAFT);
    try {
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        OutputStream buffer = new BufferedOutputStream(Channels.newOutputStream(channel));
        content.write(buffer);
        buffer.flush();
        channel.force(true);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      sync(directory);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /**
   * Makes what is in {@code file}, or the names in it if it is a directory, survive a power cut.
   */
  public static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
