package dev.knight.git;

import java.io.IOException;
import java.io.InputStream;

/**
 * How the lines of a content end, and how much in it is not for reading; counted as git does.
 *
 * @param lf of them without CR before it
 * @param crlf pairs
 * @param cr of them without LF after it
 * @param shown bytes that text has
 * @param hidden bytes that text has not
 * @param zeros among the hidden
 */
record Census(long lf, long crlf, long cr, long shown, long hidden, long zeros) {
  static final Census NOTHING = new Census(0, 0, 0, 0, 0, 0);

  private static final int BUFFER = 8_192;
  private static final int END_OF_FILE = 0x1a;

  /** What the first {@code most} bytes of {@code in} come to. */
  static Census of(InputStream in, long most) throws IOException {
    long[] counts = new long[256];
    long crlf = 0;
    int last = -1;
    byte[] buffer = new byte[BUFFER];
    long left = most;
    for (int read = 0; read >= 0 && left > 0; left -= read) {
      read = in.read(buffer, 0, (int) Math.min(BUFFER, left));
      for (int i = 0; i < read; i++) {
        int next = buffer[i] & 0xff;
        counts[next]++;
        crlf += last == '\r' && next == '\n' ? 1 : 0;
        last = next;
      }
    }
    return of(counts, crlf, last);
  }

  /** A file may end as those of DOS do. */
  private static Census of(long[] counts, long crlf, int last) {
    long shown = 0;
    long hidden = last == END_OF_FILE ? -1 : 0;
    for (int each = 0; each < counts.length; each++) {
      if (isHidden(each)) {
        hidden += counts[each];
      } else if (each != '\r' && each != '\n') {
        shown += counts[each];
      }
    }
    return new Census(counts['\n'] - crlf, crlf, counts['\r'] - crlf, shown, hidden, counts[0]);
  }

  private static boolean isHidden(int each) {
    return switch (each) {
      case '\b', '\t', '\f', '\r', '\n', 0x1b -> false;
      default -> each < ' ' || each == 0x7f;
    };
  }

  boolean hasLf() {
    return lf > 0;
  }

  boolean hasCrlf() {
    return crlf > 0;
  }

  /** Whether git takes it for text where it has to guess. */
  boolean isText() {
    return cr == 0 && zeros == 0 && shown / 128 >= hidden;
  }
}
