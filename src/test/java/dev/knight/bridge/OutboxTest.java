package dev.knight.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@NullMarked
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OutboxTest {
  private final StringBuilder told = new StringBuilder();

  /** How much the client takes at once. */
  private int room = Integer.MAX_VALUE;

  private final Outbox outbox = new Outbox(this::offer);

  private int offer(ByteBuffer line) {
    byte[] taken = new byte[Math.min(room, line.remaining())];
    line.get(taken);
    room -= taken.length;
    told.append(new String(taken, UTF_8));
    return taken.length;
  }

  @Test
  void a_line_goes_straight_to_a_client_that_takes_it() throws Exception {
    outbox.reply(line("hello"));
    outbox.live(line("word"));
    outbox.entry(1, line("entry"));

    assertThat(told).hasToString("hello\nword\nentry\n");
    outbox.add(new Outbox.Goodbye());
    assertThat(outbox.take()).isEqualTo(new Outbox.Goodbye());
  }

  @Test
  void what_a_client_has_no_room_for_waits_and_all_that_follows_behind_it() throws Exception {
    room = 0;
    outbox.live(line("first"));
    room = Integer.MAX_VALUE;
    outbox.live(line("second"));

    assertThat(told).isEmpty();
    assertThat(waiting()).isEqualTo("first\n");
    assertThat(waiting()).isEqualTo("second\n");
  }

  @Test
  void nothing_overtakes_what_the_writer_still_writes() throws Exception {
    room = 0;
    outbox.live(line("first"));
    assertThat(waiting()).isEqualTo("first\n");
    room = Integer.MAX_VALUE;
    outbox.live(line("second"));

    assertThat(told).isEmpty();
    assertThat(waiting()).isEqualTo("second\n");
  }

  @Test
  void an_entry_that_has_begun_is_told_to_its_end_before_the_client_is_sent_to_the_journal()
      throws Exception {
    room = 3;
    assertThat(outbox.entry(1, line("entry 1"))).isTrue();
    assertThat(outbox.entry(2, line("x".repeat(3 * 1024 * 1024)))).isTrue();
    assertThat(outbox.entry(3, line("x".repeat(3 * 1024 * 1024)))).isFalse();

    assertThat(told + waiting()).isEqualTo("entry 1\n");
    assertThat(outbox.take()).isEqualTo(new Outbox.Replay(1));
  }

  @Test
  void a_client_that_went_is_left_to_the_writer() throws Exception {
    Outbox broken =
        new Outbox(_ -> {
          throw new IOException("Broken pipe");
        });

    assertThat(broken.entry(1, line("entry"))).isTrue();
    assertThat(broken.take()).isInstanceOf(Outbox.Line.class);
  }

  private String waiting() throws InterruptedException {
    return outbox.take() instanceof Outbox.Line line ? new String(line.text(), UTF_8) : "no line";
  }

  private static byte[] line(String text) {
    return (text + "\n").getBytes(UTF_8);
  }
}
