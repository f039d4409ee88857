package dev.knight.bridge;

import dev.knight.pi.RecordReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads a journal's file, whether its bridge lives or not. At the end it may be asked again: a line
 * that was written meanwhile is then found.
 */
public final class JournalReader implements Closeable {
  private final InputStream in;
  private final RecordReader lines;
  private final EntryCodec codec = new EntryCodec();
  private long seen;

  private JournalReader(InputStream in, long after) {
    this.in = in;
    this.lines = new RecordReader(in);
    this.seen = after;
  }

  /**
   * Reads what follows number {@code after}.
   *
   * @throws java.nio.file.NoSuchFileException when there is no journal at {@code path} yet
   */
  public static JournalReader open(Path path, long after) throws IOException {
    return new JournalReader(Files.newInputStream(path), after);
  }

  /** The next entry; empty when there is none yet. */
  public Optional<JournalEntry> next() throws IOException {
    return nextLine().flatMap(codec::decode);
  }

  /** The next entry and how it stands in the file; empty when there is none yet. */
  public Optional<JournalLine> line() throws IOException {
    Optional<byte[]> text = nextLine();
    return text.flatMap(codec::decode).map(entry -> new JournalLine(entry, text.orElseThrow()));
  }

  /** The next entry as it stands in the file, without its LF; empty when there is none yet. */
  Optional<byte[]> nextLine() throws IOException {
    for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
      Optional<JournalEntry> entry = codec.decode(line.get());
      if (entry.isPresent() && entry.get().seq() > seen) {
        seen = entry.get().seq();
        return line;
      }
    }
    return Optional.empty();
  }

  /** The number of the last entry that was read. */
  long seen() {
    return seen;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
