package dev.knight.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LimitTest {
  private static final Limit GENEROUS = new Limit(Duration.ofMinutes(5));

  @Test
  void what_ends_by_itself_gives_what_came_of_it() throws Exception {
    assertThat(GENEROUS.on(() -> 7)).isEqualTo(7);
    assertThatThrownBy(() ->
            GENEROUS.on(() -> {
              throw new IOException("the disk is full");
            }))
        .isInstanceOf(IOException.class)
        .hasMessage("the disk is full");
  }

  @Test
  void what_hangs_is_ended_with_what_it_has_started_and_with_nothing_else() throws Exception {
    Process other = new ProcessBuilder("sleep", "3600").start();
    List<Process> own = new ArrayList<>();

    assertThatThrownBy(() ->
            new Limit(Duration.ofSeconds(3))
                .on(() -> {
                  own.add(new ProcessBuilder("sleep", "3600").start());
                  return own.getFirst().waitFor();
                }))
        .hasMessageContaining("more than");

    assertThat(own).hasSize(1);
    own.getFirst().onExit().get(1, TimeUnit.MINUTES); // a process needs a moment to be seen as gone
    assertThat(other.isAlive()).isTrue();
    other.destroyForcibly();
  }
}
