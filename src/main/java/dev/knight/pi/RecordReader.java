package dev.knight.pi;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Splits a stream into records at LF and nowhere else: U+2028 and the like may stand inside one. A
 * single CR before the LF is dropped, and so are empty lines.
 */
public final class RecordReader {
  /** 64 MB; the largest record seen from pi 1.5.2 had 5 MB. */
  public static final int USUAL_LIMIT = 64 * 1024 * 1024;

  private final InputStream in;
  private final int limit;
  private final byte[] chunk = new byte[64 * 1024];
  private int from;
  private int to;
  private ByteArrayOutputStream rest = new ByteArrayOutputStream(0);

  /** Reads {@code in} with {@link #USUAL_LIMIT}. */
  public RecordReader(InputStream in) {
    this(in, USUAL_LIMIT);
  }

  /**
   * Reads {@code in}.
   *
   * @param limit how many bytes a record may have, without its line end
   */
  public RecordReader(InputStream in, int limit) {
    this.in = in;
    this.limit = limit;
  }

  /**
   * Waits for the next record.
   *
   * @return empty at the end of the stream; a file may grow after that, so ask again
   * @throws RecordTooLongException when a record is longer than the limit; nothing can be read
   *     after that
   */
  public Optional<byte[]> next() throws IOException {
    while (true) {
      Optional<byte[]> line = line();
      if (line.isEmpty() || line.get().length > 0) {
        return line;
      }
    }
  }

  /** Whether the stream has ended in the middle of a record. */
  public boolean torn() {
    return rest.size() > 0;
  }

  private Optional<byte[]> line() throws IOException {
    while (fill()) {
      int end = indexOfLineFeed();
      int length = (end < 0 ? to : end) - from;
      if (rest.size() + (long) length > limit + 1L) {
        throw new RecordTooLongException(limit);
      }
      int begin = from;
      from += end < 0 ? length : length + 1;
      if (end >= 0 && rest.size() == 0) {
        return Optional.of(withoutCarriageReturn(Arrays.copyOfRange(chunk, begin, end)));
      }
      rest.write(chunk, begin, length);
      if (end >= 0) {
        byte[] line = rest.toByteArray();
        rest = new ByteArrayOutputStream(0);
        return Optional.of(withoutCarriageReturn(line));
      }
    }
    return Optional.empty();
  }

  private byte[] withoutCarriageReturn(byte[] line) throws RecordTooLongException {
    int length = line.length;
    boolean carriageReturn = length > 0 && line[length - 1] == '\r';
    if (length - (carriageReturn ? 1 : 0) > limit) {
      throw new RecordTooLongException(limit);
    }
    return carriageReturn ? Arrays.copyOf(line, length - 1) : line;
  }

  private boolean fill() throws IOException {
    if (from == to) {
      from = 0;
      to = Math.max(0, in.read(chunk));
    }
    return from < to;
  }

  private int indexOfLineFeed() {
    for (int i = from; i < to; i++) {
      if (chunk[i] == '\n') {
        return i;
      }
    }
    return -1;
  }
}
