package dev.knight.bridge;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Drains pi's standard error: the last 64 KB in memory, the first 8 MB in a file. */
final class StderrTail {
  private static final int KEPT = 64 * 1024;
  private static final long LONGEST_FILE = 8L * 1024 * 1024;

  private final Path file;
  private final byte[] ring = new byte[KEPT];
  private long count;

  StderrTail(Path file) {
    this.file = file;
  }

  /** Reads {@code stderr} to its end, which comes when pi and its tools have let go of it. */
  void drain(InputStream stderr) {
    byte[] chunk = new byte[8 * 1024];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int n = stderr.read(chunk); n >= 0; n = stderr.read(chunk)) {
        if (count < LONGEST_FILE) {
          out.write(chunk, 0, n);
        }
        keep(chunk, n);
      }
    } catch (IOException e) {
      byte[] reason = ("\nstderr is lost: " + e).getBytes(StandardCharsets.UTF_8);
      keep(reason, reason.length);
    }
  }

  private synchronized void keep(byte[] chunk, int n) {
    for (int i = 0; i < n; i++) {
      ring[(int) (count++ % KEPT)] = chunk[i];
    }
  }

  /** At most the last {@code longest} bytes. */
  synchronized String last(int longest) {
    int length = (int) Math.min(count, Math.min(longest, KEPT));
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = ring[(int) ((count - length + i) % KEPT)];
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
