package dev.knight.attempt;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads all that a process prints, so that it never waits, and keeps the end: at most {@value
 * #KEPT} bytes.
 */
final class OutputTail implements Runnable {
  private static final int KEPT = 32 * 1024;

  private final InputStream output;
  private final byte[] ring = new byte[KEPT];
  private long written;

  OutputTail(InputStream output) {
    this.output = output;
  }

  @Override
  public void run() {
    byte[] chunk = new byte[8192];
    try (output) {
      for (int n = output.read(chunk); n >= 0; n = output.read(chunk)) {
        keep(chunk, n);
      }
    } catch (IOException closed) {
      byte[] note = "\n[its output could not be read to the end]".getBytes(StandardCharsets.UTF_8);
      keep(note, note.length);
    }
  }

  synchronized String text() {
    int length = (int) Math.min(written, KEPT);
    byte[] end = new byte[length];
    for (int i = 0; i < length; i++) {
      end[i] = ring[(int) ((written - length + i) % KEPT)];
    }
    return new String(end, StandardCharsets.UTF_8);
  }

  private synchronized void keep(byte[] chunk, int length) {
    for (int i = 0; i < length; i++) {
      ring[(int) (written++ % KEPT)] = chunk[i];
    }
  }
}
