package dev.knight.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.knight.api.LiveLine;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What happens in a job, as the service tells it. */
final class LiveReading implements Closeable {
  private final BufferedReader lines;
  private final InputStream body;
  private final Json json = new Json();

  LiveReading(InputStream body) {
    this.body = body;
    this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
  }

  /**
   * Waits for the next line; empty when the service says no more.
   *
   * @throws IOException when the connection was cut
   */
  Optional<LiveLine> next() throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Optional<LiveLine> read = read(line);
      if (read.isPresent()) {
        return read;
      }
    }
    return Optional.empty();
  }

  private Optional<LiveLine> read(String line) throws IOException {
    try {
      return LiveLine.of(json.read(line, JsonNode.class));
    } catch (UncheckedIOException torn) {
      throw new IOException("the connection was cut in the middle of a line", torn);
    }
  }

  /** Reads no more; from any thread. */
  @Override
  public void close() throws IOException {
    body.close();
  }
}
