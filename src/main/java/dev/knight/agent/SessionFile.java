package dev.knight.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knight.pi.PiCodec;
import dev.knight.pi.RecordReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What pi keeps of a conversation: a line for each entry, each naming the one before it, and the
 * last line is where it stands. So an entry of knight's own at the end, which names an earlier one,
 * has pi go on from there; what was said after that one stays in the file and is left out. Whatever
 * ran under pi can have written it, so nothing is believed of it but where pi would go on.
 *
 * @param path a plain file
 */
record SessionFile(Path path) {
  /** Nothing that a job says comes near; what is longer was made to be read. */
  private static final long LONGEST = 256L << 20;

  private static final String OWN = "knight.back";

  /** pi's own have eight characters, or 36. */
  private static final Pattern NAME = Pattern.compile("[\\w.-]{1,100}");

  /** The file of the session {@code id} in {@code directory}, if pi has made one. */
  static Optional<SessionFile> find(Path directory, String id) throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith("_" + id + ".jsonl"))
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .max(Path::compareTo)
          .map(SessionFile::new);
    }
  }

  /** The entry that the conversation stands at. */
  Optional<String> last() throws IOException {
    return read().map(Contents::last).filter(id -> NAME.matcher(id).matches());
  }

  /**
   * Has pi go on after the entry {@code point} the next time that it is started; it must not run
   * now. Doing it twice is doing it once.
   *
   * @return false if there is no such entry, or no file that can be read
   */
  boolean goBack(String point, Instant now) throws IOException {
    Optional<Contents> read = read();
    if (read.isEmpty() || !read.get().ids().contains(point)) {
      return false;
    }
    Contents contents = read.get();
    boolean there = contents.last().equals(point) || contents.back().equals(Optional.of(point));
    if (!there) {
      append(own(contents.ids(), point, now));
    }
    return true;
  }

  private static byte[] own(Set<String> ids, String point, Instant now) {
    int number = 1;
    while (ids.contains(OWN + "." + number)) {
      number++;
    }
    PiCodec codec = new PiCodec();
    ObjectNode entry =
        codec
            .object()
            .put("type", "custom")
            .put("id", OWN + "." + number)
            .put("parentId", point)
            .put("timestamp", now.toString())
            .put("customType", OWN);
    return codec.line(entry);
  }

  /** A pi that was killed may have left half a line, which begins no other. */
  private void append(byte[] line) throws IOException {
    try (FileChannel file =
        FileChannel.open(
            path, StandardOpenOption.WRITE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS)) {
      ByteBuffer bytes = ByteBuffer.allocate(line.length + 1).put((byte) '\n').put(line).flip();
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      file.force(true);
    }
  }

  /**
   * What counts of the file.
   *
   * @param ids of all entries
   * @param last the last entry; empty if there is none
   * @param back what the last entry names, if that is knight's own
   */
  private record Contents(Set<String> ids, String last, Optional<String> back) {}

  private Optional<Contents> read() throws IOException {
    if (Files.size(path) > LONGEST) {
      return Optional.empty();
    }
    PiCodec codec = new PiCodec();
    Set<String> ids = new HashSet<>();
    String last = "";
    Optional<String> back = Optional.empty();
    try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
      RecordReader lines = new RecordReader(in);
      for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
        Optional<ObjectNode> entry = entry(codec, line.get());
        String id = entry.map(node -> node.path("id").asText()).orElse("");
        if (!id.isEmpty()) {
          ids.add(id);
          last = id;
          back =
              entry
                  .filter(node -> node.path("customType").asText().equals(OWN))
                  .map(node -> node.path("parentId").asText());
        }
      }
    }
    return Optional.of(new Contents(ids, last, back));
  }

  /** The entry on {@code line}; pi leaves out lines that it cannot read, too. */
  private static Optional<ObjectNode> entry(PiCodec codec, byte[] line) {
    try {
      ObjectNode entry = codec.scalars(line);
      return entry.path("type").asText().equals("session") ? Optional.empty() : Optional.of(entry);
    } catch (IOException _) {
      return Optional.empty(); // as above
    }
  }
}
