package dev.knight.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullMarked
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SessionFileTest {
  private static final Instant NOW = Instant.parse("2026-11-26T04:00:00Z");
  private static final String NAME = "2026-11-26T03-00-00-000Z_knight-7.jsonl";

  @TempDir Path directory;

  @Test
  void the_last_entry_is_where_the_conversation_stands() throws Exception {
    write(HEADER, entry("a", "null"), entry("b", "\"a\""));
    more("{\"type\":\"mess");

    assertThat(file().last()).hasValue("b");
  }

  @Test
  void going_back_is_one_more_entry_after_half_a_line() throws Exception {
    write(HEADER, entry("a", "null"), entry("b", "\"a\""));
    more("{\"type\":\"mess");

    assertThat(file().goBack("a", NOW)).isTrue();
    assertThat(file().goBack("a", NOW)).isTrue();

    List<String> lines = Files.readAllLines(directory.resolve(NAME));
    assertThat(lines).hasSize(5);
    assertThat(lines.get(4))
        .isEqualTo(
            "{\"type\":\"custom\",\"id\":\"knight.back.1\",\"parentId\":\"a\","
                + "\"timestamp\":\"2026-11-26T04:00:00Z\",\"customType\":\"knight.back\"}");
  }

  @Test
  void going_back_a_second_time_is_another_entry() throws Exception {
    write(HEADER, entry("a", "null"), entry("b", "\"a\""));
    file().goBack("a", NOW);
    more(entry("c", "\"knight.back.1\"") + "\n");

    assertThat(file().goBack("a", NOW)).isTrue();

    assertThat(file().last()).hasValue("knight.back.2");
  }

  @Test
  void nothing_is_written_where_there_is_nothing_to_go_back_to() throws Exception {
    write(HEADER, entry("a", "null"));

    assertThat(file().goBack("x", NOW)).isFalse();
    assertThat(file().goBack("a", NOW)).as("it stands there").isTrue();

    assertThat(Files.readAllLines(directory.resolve(NAME))).hasSize(2);
  }

  @Test
  void what_an_agent_put_in_its_place_is_not_read() throws Exception {
    Path theirs = Files.writeString(directory.resolve("theirs"), entry("a", "null") + "\n");
    Files.createSymbolicLink(directory.resolve(NAME), theirs);
    assertThat(SessionFile.find(directory, "knight-7")).isEmpty();

    Files.delete(directory.resolve(NAME));
    try (RandomAccessFile endless = new RandomAccessFile(directory.resolve(NAME).toFile(), "rw")) {
      endless.setLength(1L << 40);
    }
    assertThat(file().last()).isEmpty();
    assertThat(file().goBack("a", NOW)).isFalse();

    assertThat(SessionFile.find(directory.resolve("none"), "knight-7")).isEmpty();
  }

  private static final String HEADER =
      "{\"type\":\"session\",\"version\":3,\"id\":\"knight-7\",\"cwd\":\"/w\"}";

  private static String entry(String id, String parent) {
    return "{\"type\":\"message\",\"id\":\"%s\",\"parentId\":%s,\"message\":{\"role\":\"user\"}}"
        .formatted(id, parent);
  }

  private void write(String... lines) throws IOException {
    Files.writeString(directory.resolve(NAME), String.join("\n", lines) + "\n");
  }

  private void more(String text) throws IOException {
    Files.writeString(directory.resolve(NAME), text, StandardOpenOption.APPEND);
  }

  private SessionFile file() throws IOException {
    Optional<SessionFile> file = SessionFile.find(directory, "knight-7");
    return file.orElseThrow();
  }
}
