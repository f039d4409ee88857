package dev.knight.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.knight.pi.PiCodec;
import dev.knight.pi.PiEvent;
import dev.knight.pi.Transcript;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@NullMarked
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RecordingTest {
  private final PiCodec codec = new PiCodec();
  private final Recording recording = new Recording(codec);

  static Stream<Transcript> transcripts() throws IOException {
    return Transcript.all();
  }

  @ParameterizedTest
  @MethodSource("transcripts")
  void what_is_kept_says_the_same_of_the_model(Transcript transcript) throws IOException {
    for (Transcript.Line line : transcript.lines()) {
      String type = line.record().path("type").asText();
      if (line.fromPi() && type.equals("message_end")) {
        JsonNode kept = recording.shortened(type, line.bytes());
        String role = line.record().path("message").path("role").asText();
        if (role.equals("assistant") || role.equals("user")) {
          assertThat(codec.decode(kept)).isEqualTo(codec.decode(line.record()));
        }
      }
    }
  }

  @Test
  void a_long_result_is_cut_and_its_copies_are_dropped() throws IOException {
    String record =
        """
        {"type":"tool_execution_end","toolCallId":"c","toolName":"bash","result":{"content":[
        {"type":"text","text":"%s"}],"structuredContent":{"output":"x"}},"isError":false}\
        """
            .formatted("y".repeat(50_000));

    JsonNode kept =
        recording.shortened("tool_execution_end", record.getBytes(StandardCharsets.UTF_8));

    assertThat(kept.toString().length()).isLessThan(5_000);
    assertThat(kept.toString()).doesNotContain("structuredContent").contains("(45904 more)");
    assertThat(((PiEvent.ToolEnd) codec.decode(kept)).callId()).isEqualTo("c");
  }

  @Test
  void what_is_only_for_watching_is_not_kept() {
    assertThat(recording.fate("message_update")).isEqualTo(Recording.Fate.LIVE);
    assertThat(recording.fate("tool_execution_update")).isEqualTo(Recording.Fate.LIVE);
    assertThat(recording.fate("turn_end")).isEqualTo(Recording.Fate.DROPPED);
    assertThat(recording.fate("invented_tomorrow")).isEqualTo(Recording.Fate.KEPT);
  }

  @Test
  void the_messages_of_a_run_are_not_kept_twice() throws IOException {
    byte[] record =
        "{\"type\":\"agent_end\",\"messages\":[{}],\"willRetry\":true}"
            .getBytes(StandardCharsets.UTF_8);

    assertThat(recording.shortened("agent_end", record).toString())
        .isEqualTo("{\"type\":\"agent_end\",\"willRetry\":true}");
  }
}
