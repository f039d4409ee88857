package dev.knight.bridge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knight.pi.RecordReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What happened, line by line, on disk and to those who listen. Only ever appended to; numbers grow
 * by one, whatever crashed in between.
 */
final class Journal implements Closeable {
  private final FileChannel file;
  private final InstantSource clock;
  private final EntryCodec codec = new EntryCodec();
  private final List<Reader> readers = new CopyOnWriteArrayList<>();
  private long last;

  /** Somebody who has read all there is and wants to hear of what comes. */
  interface Reader {
    /** The next entry; must return at once. */
    void entry(long seq, byte[] line);

    /** What is not kept; must return at once, and may be forgotten. */
    void live(byte[] line);
  }

  private Journal(FileChannel file, long last, InstantSource clock) {
    this.file = file;
    this.last = last;
    this.clock = clock;
  }

  /** Goes on with the journal at {@code path}, or begins it. */
  static Journal open(Path path, InstantSource clock) throws IOException {
    if (!Files.exists(path)) {
      Files.createFile(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    EntryCodec codec = new EntryCodec();
    long last = 0;
    boolean torn;
    try (InputStream in = Files.newInputStream(path)) {
      RecordReader lines = new RecordReader(in);
      for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
        last = codec.seq(line.get()).orElse(last);
      }
      torn = lines.torn();
    }
    FileChannel file =
        FileChannel.open(path, Set.of(StandardOpenOption.WRITE, StandardOpenOption.APPEND));
    Journal journal = new Journal(file, last, clock);
    if (torn) {
      journal.write(new byte[] {'\n'}); // readers pass over what a crash cut off
    }
    return journal;
  }

  /** Keeps {@code fact}, then tells the readers. */
  synchronized long append(ObjectNode fact) {
    long seq = last + 1;
    byte[] line = codec.line(seq, clock.instant(), fact);
    write(line);
    last = seq;
    readers.forEach(reader -> reader.entry(seq, line));
    return seq;
  }

  /** Keeps {@code fact} so that a power cut does not take it back. */
  synchronized long appendForGood(ObjectNode fact) {
    long seq = append(fact);
    try {
      file.force(false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return seq;
  }

  /** Tells the readers what is not kept. */
  synchronized void pass(byte[] line) {
    readers.forEach(reader -> reader.live(line));
  }

  /**
   * Tells {@code reader} of all that follows number {@code seen}, if that is the last one; so
   * nothing falls between reading the file and listening.
   */
  synchronized boolean join(Reader reader, long seen) {
    if (seen < last) {
      return false;
    }
    readers.add(reader);
    return true;
  }

  /** Tells {@code reader} nothing more. */
  void leave(Reader reader) {
    readers.remove(reader);
  }

  /** The number of the last entry; 0 when there is none. */
  synchronized long last() {
    return last;
  }

  private void write(byte[] line) {
    try {
      ByteBuffer buffer = ByteBuffer.wrap(line);
      while (buffer.hasRemaining()) {
        file.write(buffer);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
