package dev.knight.doctor;

import dev.knight.home.WholeFile;
import dev.knight.hygiene.Redactor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** What a bug report needs, in one file for its owner alone: every part of it without secrets. */
public final class Bundle {
  private static final String DIRECTORY = "knight-doctor/";
  private static final String LIST = "README.txt";

  private final Redactor redactor;
  private final Map<String, String> parts = new LinkedHashMap<>();

  /**
   * An empty one.
   *
   * @param redactor takes the secrets out of each part
   */
  public Bundle(Redactor redactor) {
    this.redactor = redactor;
  }

  /** Adds {@code text} under {@code name}; {@code what} says what it is. */
  public Bundle add(String name, String what, String text) {
    parts.merge(LIST, "%-16s %s\n".formatted(name, what), String::concat);
    parts.put(name, redactor.text(text));
    return this;
  }

  /** What is in it, a line for each part. */
  public String list() {
    return parts.getOrDefault(LIST, "");
  }

  /** Writes it as a {@code .tar.gz} with mode 0600. */
  public void write(Path file, Instant now) throws IOException {
    WholeFile.write(
        file,
        to -> {
          GZIPOutputStream packed = new GZIPOutputStream(to);
          Tar tar = new Tar(packed);
          for (Map.Entry<String, String> part : parts.entrySet()) {
            byte[] bytes = part.getValue().getBytes(StandardCharsets.UTF_8);
            tar.file(DIRECTORY + part.getKey(), bytes, now);
          }
          tar.end();
          packed.finish();
        });
  }
}
