package dev.knight.pi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@NullMarked
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RecordReaderTest {

  @Test
  void only_a_line_feed_ends_a_record() throws IOException {
    assertThat(records("a\u2028b\u0085c\u2029d\n\"x\ry\"\n"))
        .containsExactly("a\u2028b\u0085c\u2029d", "\"x\ry\"");
  }

  @Test
  void one_carriage_return_before_the_line_feed_is_dropped() throws IOException {
    assertThat(records("a\r\nb\r\r\n")).containsExactly("a", "b\r");
  }

  @Test
  void empty_lines_say_nothing() throws IOException {
    assertThat(records("\n\r\na\n\n")).containsExactly("a");
  }

  @Test
  void a_record_may_come_in_single_bytes() throws IOException {
    RecordReader reader = new RecordReader(new Dripping("{\"ä\":1}\nb\n"));

    assertThat(text(reader.next())).contains("{\"ä\":1}");
    assertThat(text(reader.next())).contains("b");
    assertThat(reader.next()).isEmpty();
    assertThat(reader.torn()).isFalse();
  }

  @Test
  void an_end_in_the_middle_of_a_record_is_told() throws IOException {
    RecordReader reader = new RecordReader(stream("a\nhalf"));

    assertThat(text(reader.next())).contains("a");
    assertThat(reader.next()).isEmpty();
    assertThat(reader.torn()).isTrue();
  }

  @Test
  void a_record_as_long_as_the_limit_passes() throws IOException {
    RecordReader reader = new RecordReader(stream("12345678\r\n12345678\n"), 8);

    assertThat(text(reader.next())).contains("12345678");
    assertThat(text(reader.next())).contains("12345678");
  }

  @Test
  void a_longer_one_does_not_and_never_fills_the_memory() throws IOException {
    RecordReader reader = new RecordReader(new Endless(), 1_000_000);

    assertThatThrownBy(reader::next).isInstanceOf(RecordTooLongException.class);
    assertThatThrownBy(() -> new RecordReader(stream("123456789\n"), 8).next())
        .isInstanceOf(RecordTooLongException.class);
  }

  @Test
  void a_record_longer_than_a_chunk_is_whole() throws IOException {
    String large = "x".repeat(1_000_000);

    assertThat(records(large + "\n" + large + "y\n")).containsExactly(large, large + "y");
  }

  private static List<String> records(String text) throws IOException {
    RecordReader reader = new RecordReader(stream(text));
    List<String> records = new ArrayList<>();
    for (Optional<byte[]> record = reader.next(); record.isPresent(); record = reader.next()) {
      records.add(new String(record.get(), UTF_8));
    }
    return records;
  }

  private static Optional<String> text(Optional<byte[]> record) {
    return record.map(bytes -> new String(bytes, UTF_8));
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  /** Gives one byte at a time. */
  private static final class Dripping extends InputStream {
    private final InputStream in;

    Dripping(String text) {
      this.in = stream(text);
    }

    @Override
    public int read() throws IOException {
      return in.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return in.read(buffer, offset, 1);
    }
  }

  /** Never ends and never ends a line. */
  private static final class Endless extends InputStream {
    @Override
    public int read() {
      return 'x';
    }
  }
}
