package dev.knight.pi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PiCodecTest {
  private final PiCodec codec = new PiCodec();

  static Stream<Transcript> transcripts() throws IOException {
    return Transcript.all();
  }

  @ParameterizedTest
  @MethodSource("transcripts")
  void every_recorded_line_is_known(Transcript transcript) {
    List<PiRecord> records =
        transcript.lines().stream()
            .filter(Transcript.Line::fromPi)
            .map(line -> codec.decode(line.bytes()))
            .toList();

    assertThat(records).isNotEmpty();
    assertThat(records)
        .noneMatch(record -> record instanceof PiEvent.Unknown)
        .noneMatch(record -> record instanceof PiEvent.Garbled);
  }

  @Test
  void every_kind_of_record_that_was_ever_seen_is_known() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("src/test/resources/pi/INDEX.jsonl"));

    for (String line : lines) {
      JsonNode record = new ObjectMapper().readTree(line).path("record");
      PiRecord decoded = codec.decode(record);
      assertThat(decoded).isNotInstanceOfAny(PiEvent.Unknown.class, PiEvent.Garbled.class);
      if (decoded instanceof PiResponse response) {
        assertThat(response.success()).isEqualTo(record.path("success").asBoolean());
      }
    }
  }

  @Test
  void an_answer_tells_its_words_its_end_and_its_price() {
    PiRecord record =
        codec.decode(
            """
            {"type":"message_end","message":{"role":"assistant","content":[
              {"type":"thinking","thinking":"hm"},{"type":"text","text":"I "},
              {"type":"toolCall","id":"c","name":"bash","arguments":{}},
              {"type":"text","text":"look"}],"provider":"fake","model":"fake-1",
             "usage":{"input":1500,"output":60,"cacheRead":7,"cacheWrite":8,
               "cost":{"total":0.0054}},"stopReason":"toolUse"}}
            """
                .getBytes(UTF_8));

    assertThat(record)
        .isEqualTo(
            new PiEvent.MessageEnd(
                new PiMessage.Assistant(
                    "I look",
                    "hm",
                    "fake",
                    "fake-1",
                    StopReason.TOOL_USE,
                    Optional.empty(),
                    new PiUsage(1500, 60, 7, 8, new BigDecimal("0.0054")))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "42", "[]", "{bad", "", "{\"a\":", "\"text\""})
  void what_is_no_object_is_garbled_and_not_fatal(String line) {
    assertThat(codec.decode(line.getBytes(UTF_8))).isInstanceOf(PiEvent.Garbled.class);
  }

  @Test
  void an_object_that_nests_without_end_is_garbled() {
    String deep = "{\"a\":".repeat(100_000);

    assertThat(codec.decode(deep.getBytes(UTF_8))).isInstanceOf(PiEvent.Garbled.class);
  }

  @Test
  void a_type_of_tomorrow_is_kept_whole() {
    PiRecord record = codec.decode("{\"type\":\"dream\",\"of\":\"sheep\"}".getBytes(UTF_8));

    assertThat(record).isInstanceOf(PiEvent.Unknown.class);
    assertThat(((PiEvent.Unknown) record).record().path("of").asText()).isEqualTo("sheep");
  }

  @Test
  void fields_of_the_wrong_type_count_as_absent() {
    PiRecord record =
        codec.decode("{\"type\":\"message_end\",\"message\":[1,{\"role\":3}]}".getBytes(UTF_8));

    assertThat(record).isEqualTo(new PiEvent.MessageEnd(new PiMessage.Other("", "")));
  }

  @Test
  void a_response_without_an_id_or_a_command_can_be_read() {
    PiRecord record =
        codec.decode(
            "{\"type\":\"response\",\"success\":false,\"error\":\"Unknown command: undefined\"}"
                .getBytes(UTF_8));

    assertThat(record).isInstanceOf(PiResponse.class);
    assertThat(((PiResponse) record).id()).isEmpty();
    assertThat(((PiResponse) record).error()).contains("Unknown command: undefined");
  }

  @Test
  void only_the_scalars_of_a_long_record_are_read() throws IOException {
    byte[] line =
        "{\"type\":\"agent_end\",\"messages\":[{\"a\":[1]},2],\"willRetry\":true}".getBytes(UTF_8);

    assertThat(codec.scalars(line).toString())
        .isEqualTo("{\"type\":\"agent_end\",\"willRetry\":true}");
  }

  @Test
  void the_type_of_a_record_is_its_own_and_not_that_of_what_is_in_it() throws IOException {
    String line =
        "{\"message\":{\"type\":\"inner\"},\"type\":\"message_end\",\"a\":[{\"type\":\"x\"}]}";

    assertThat(codec.type(line.getBytes(UTF_8))).isEqualTo("message_end");
    assertThat(codec.type("{\"type\":[1],\"a\":1}".getBytes(UTF_8))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[]", "{\"type\":\"a\"", "{\"type\":\"a\"}}", "{\"type\":\"a\"}{}", "\"type\""})
  void what_is_not_one_object_has_no_type(String line) {
    assertThatThrownBy(() -> codec.type(line.getBytes(UTF_8))).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/model x", "!rm -rf", "@file"})
  void no_prompt_is_taken_for_a_command(String message) {
    JsonNode command = codec.encode("k-1", new PiCommand.Prompt(message));

    assertThat(command.path("message").asText()).isEqualTo(" " + message);
  }

  @Test
  void a_command_is_one_line_whatever_its_text_holds() {
    byte[] line = codec.line(codec.encode("k-1", new PiCommand.Prompt("a\nb\u2028c\r\n")));

    assertThat(new String(line, UTF_8).indexOf('\n')).isEqualTo(line.length - 1 - 2);
    assertThat(line[line.length - 1]).isEqualTo((byte) '\n');
  }

  @Test
  void steering_is_text_whatever_it_begins_with() {
    PiCommand steer = new PiCommand.Steer("/stop that");

    assertThat(codec.encode("k-2", steer).toString())
        .isEqualTo("{\"id\":\"k-2\",\"type\":\"steer\",\"message\":\" /stop that\"}");
  }

  @Test
  void a_prompt_that_pi_would_choke_on_is_refused() {
    PiCommand prompt = new PiCommand.Prompt("x".repeat(PiCodec.LONGEST_COMMAND + 1));

    assertThatThrownBy(() -> codec.encode("k-1", prompt))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void only_dialogs_that_wait_want_an_answer() {
    assertThat(new PiEvent.Dialog("1", "confirm", "?").wantsAnswer()).isTrue();
    assertThat(new PiEvent.Dialog("1", "tomorrow", "?").wantsAnswer()).isTrue();
    assertThat(new PiEvent.Dialog("1", "notify", "!").wantsAnswer()).isFalse();
  }
}
