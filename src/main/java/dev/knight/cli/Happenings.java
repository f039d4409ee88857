package dev.knight.cli;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** That something happens in some job, as the service tells it: server-sent events. */
final class Happenings implements Closeable {
  private static final String DATA = "data:";

  private final BufferedReader lines;
  private final InputStream body;

  Happenings(InputStream body) {
    this.body = body;
    this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
  }

  /** Waits for the next one; false when the service says no more. */
  boolean next() throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(DATA)) {
        return true;
      }
    }
    return false;
  }

  /** Reads no more; from any thread. */
  @Override
  public void close() throws IOException {
    body.close();
  }
}
