package dev.knight.doctor;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/** Writes a tar of small files, in the format that every tar reads (POSIX's {@code ustar}). */
final class Tar {
  private static final int BLOCK = 512;

  /** Where in a header the sum of its bytes stands, and how many blanks count in its place. */
  private static final int SUM = 148;

  private static final int SUM_LENGTH = 8;

  private final OutputStream to;

  /** Writes to {@code to}, which stays open. */
  Tar(OutputStream to) {
    this.to = to;
  }

  /** Adds a file; its name has at most 100 ASCII characters. */
  void file(String name, byte[] content, Instant at) throws IOException {
    byte[] header = new byte[BLOCK];
    put(header, 0, 100, name);
    put(header, 100, 8, "0000600");
    put(header, 108, 8, "0000000");
    put(header, 116, 8, "0000000");
    put(header, 124, 12, "%011o".formatted(content.length));
    put(header, 136, 12, "%011o".formatted(at.getEpochSecond()));
    Arrays.fill(header, SUM, SUM + SUM_LENGTH, (byte) ' ');
    put(header, 156, 1, "0");
    put(header, 257, 8, "ustar\u000000");
    int sum = 0;
    for (byte each : header) {
      sum += each & 0xff;
    }
    put(header, SUM, SUM_LENGTH, "%06o\u0000 ".formatted(sum));
    to.write(header);
    to.write(content);
    to.write(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
  }

  /** Ends the archive. */
  void end() throws IOException {
    to.write(new byte[2 * BLOCK]);
  }

  private static void put(byte[] header, int at, int length, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    if (bytes.length > length) {
      throw new IllegalArgumentException("Too long for a tar: " + text);
    }
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
