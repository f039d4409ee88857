package dev.knight.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.job.Tokens;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers say that they used, in the four ways of saying it, and in none. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReadingTest {
  /** One answer for each way, in the shapes that the providers document. */
  enum Sample {
    CHAT_STREAM(
        Api.CHAT_COMPLETIONS,
        """
        data: {"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"role":"assistant","content":"Hel"},"finish_reason":null}],"usage":null}

        data: {"id":"c","choices":[{"index":0,"delta":{"content":"lo \\u20ac 😀"},"finish_reason":"stop"}]}

        data: {"id":"c","choices":[],"usage":{"prompt_tokens":120,"completion_tokens":30,"total_tokens":150,"prompt_tokens_details":{"cached_tokens":100},"completion_tokens_details":{"reasoning_tokens":7}}}

        data: [DONE]

        """,
        new Tokens(20, 30, 100, 0)),
    CHAT_WHOLE(
        Api.CHAT_COMPLETIONS,
        """
        {"object":"chat.completion","choices":[{"message":{"content":"{\\"usage\\":{\\"prompt_tokens\\":9}}"}}],
         "usage":{"prompt_tokens":120,"completion_tokens":30,"prompt_tokens_details":{"cached_tokens":10,"cache_write_tokens":40}}}
        """,
        new Tokens(70, 30, 10, 40)),
    CHAT_WITHIN_THE_CHOICE(
        Api.CHAT_COMPLETIONS,
        """
        data: {"choices":[{"delta":{"content":"x"},"finish_reason":"stop","usage":{"prompt_tokens":5,"completion_tokens":6,"cached_tokens":1}}]}

        data: [DONE]

        """,
        new Tokens(4, 6, 1, 0)),
    RESPONSES_STREAM(
        Api.RESPONSES,
        """
        event: response.created
        data: {"type":"response.created","response":{"id":"r","status":"in_progress","usage":null}}

        event: response.output_text.delta
        data: {"type":"response.output_text.delta","delta":"Hello"}

        event: response.completed
        data: {"type":"response.completed","response":{"id":"r","output":[{"content":[{"text":"Hello"}]}],"usage":{"input_tokens":200,"input_tokens_details":{"cached_tokens":150},"output_tokens":40,"output_tokens_details":{"reasoning_tokens":11},"total_tokens":240}}}

        """,
        new Tokens(50, 40, 150, 0)),
    RESPONSES_WHOLE(
        Api.RESPONSES,
        """
        {"object":"response","output":[],"usage":{"input_tokens":200,"input_tokens_details":{"cached_tokens":0},"output_tokens":40}}
        """,
        new Tokens(200, 40, 0, 0)),
    MESSAGES_STREAM(
        Api.MESSAGES,
        """
        event: message_start
        data: {"type":"message_start","message":{"id":"m","role":"assistant","usage":{"input_tokens":25,"cache_creation_input_tokens":300,"cache_read_input_tokens":4000,"output_tokens":1}}}

        event: ping
        data: {"type": "ping"}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hello"}}

        event: message_delta
        data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":15}}

        event: message_stop
        data: {"type":"message_stop"}

        """,
        new Tokens(25, 15, 4000, 300)),
    MESSAGES_WHOLE(
        Api.MESSAGES,
        """
        {"type":"message","content":[{"type":"text","text":"Hi"}],"usage":{"input_tokens":25,"output_tokens":15,"cache_read_input_tokens":0,"cache_creation_input_tokens":0,"cache_creation":{"ephemeral_5m_input_tokens":0}}}
        """,
        new Tokens(25, 15, 0, 0)),
    GOOGLE_STREAM(
        Api.GENERATE_CONTENT,
        """
        data: {"candidates":[{"content":{"parts":[{"text":"Hel"}],"role":"model"},"index":0}],"usageMetadata":{"promptTokenCount":90,"totalTokenCount":90}}

        data: {"candidates":[{"content":{"parts":[{"text":"lo"}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":90,"cachedContentTokenCount":60,"candidatesTokenCount":12,"thoughtsTokenCount":5,"totalTokenCount":107}}

        """,
        new Tokens(30, 17, 60, 0)),
    GOOGLE_LIST(
        Api.GENERATE_CONTENT,
        """
        [{"candidates":[{"content":{"parts":[{"text":"Hel"}]}}],"usageMetadata":{"promptTokenCount":90,"candidatesTokenCount":3}}
        ,
        {"candidates":[{"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":90,"candidatesTokenCount":12}}]
        """,
        new Tokens(90, 12, 0, 0));

    private final Api api;
    private final String answer;
    private final long input;
    private final long output;
    private final long cacheRead;
    private final long cacheWrite;

    Sample(Api api, String answer, Tokens tokens) {
      this.api = api;
      this.answer = answer;
      this.input = tokens.input();
      this.output = tokens.output();
      this.cacheRead = tokens.cacheRead();
      this.cacheWrite = tokens.cacheWrite();
    }

    /** What the provider sends. */
    String answer() {
      return answer;
    }

    /** What that used. */
    Tokens tokens() {
      return new Tokens(input, output, cacheRead, cacheWrite);
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_providers_own_count_is_read(Sample sample) {
    Reading reading = new Reading(sample.api);

    reading.feed(sample.answer.getBytes(UTF_8));

    assertThat(reading.isTold()).isTrue();
    assertThat(reading.result(1000)).isEqualTo(new Reading.Result(sample.tokens(), false));
  }

  @ParameterizedTest
  @EnumSource
  void it_is_read_however_the_answer_is_cut_up(Sample sample) {
    byte[] bytes = sample.answer.getBytes(UTF_8);
    for (int at = 0; at <= bytes.length; at++) {
      Reading halves = new Reading(sample.api);
      halves.feed(Arrays.copyOfRange(bytes, 0, at));
      halves.feed(Arrays.copyOfRange(bytes, at, bytes.length));
      assertThat(halves.result(1).tokens()).as("cut at " + at).isEqualTo(sample.tokens());
    }
    Reading letters = new Reading(sample.api);
    for (byte one : bytes) {
      letters.feed(new byte[] {one});
    }
    assertThat(letters.result(1)).isEqualTo(new Reading.Result(sample.tokens(), false));
  }

  @ParameterizedTest
  @EnumSource
  void other_ends_of_lines_change_nothing(Sample sample) {
    for (String end : new String[] {"\r\n", "\r"}) {
      Reading reading = new Reading(sample.api);
      reading.feed(sample.answer.replace("\n", end).getBytes(UTF_8));
      assertThat(reading.result(1).tokens()).isEqualTo(sample.tokens());
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_is_cut_off_is_guessed_and_never_nothing(Sample sample) {
    byte[] bytes = sample.answer.getBytes(UTF_8);
    for (int at = 0; at <= bytes.length; at++) {
      Reading cut = new Reading(sample.api);
      cut.feed(Arrays.copyOf(bytes, at));

      Reading.Result result = cut.result(4000);

      // What is cut within its very last number is counted without what the cache had.
      assertThat(result.estimated() || result.tokens().read() == sample.tokens().read()).isTrue();
      assertThat(result.tokens().read()).isPositive();
      assertThat(result.tokens().output()).isPositive();
    }
  }

  @ParameterizedTest
  @EnumSource
  void noise_in_it_breaks_nothing(Sample sample) {
    Random dice = new Random(42);
    for (int round = 0; round < 300; round++) {
      byte[] bytes = sample.answer.getBytes(UTF_8);
      for (int i = 0; i < 1 + round % 20; i++) {
        bytes[dice.nextInt(bytes.length)] = (byte) dice.nextInt(256);
      }
      Reading reading = new Reading(sample.api);
      reading.feed(bytes);

      Tokens tokens = reading.result(100).tokens();

      assertThat(tokens.read()).isPositive();
      assertThat(tokens.output()).isPositive();
      assertThat(tokens.read() + tokens.output()).isLessThan(1_000_000_000);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"prompt_tokens\":-5,\"completion_tokens\":-6}",
        "{\"prompt_tokens\":0,\"completion_tokens\":0}",
        "{\"prompt_tokens\":\"12\",\"completion_tokens\":\"13\"}",
        "{\"prompt_tokens\":999999999999,\"completion_tokens\":9223372036854775807}",
        "{\"prompt_tokens\":99999999999999999999999999,\"completion_tokens\":1e99}",
        "{\"prompt_tokens\":{\"prompt_tokens\":12},\"completion_tokens\":[]}",
        "null",
        "[]",
        "17"
      })
  void what_cannot_be_is_not_heard(String usage) {
    Reading reading = new Reading(Api.CHAT_COMPLETIONS);

    reading.feed(
        ("data: {\"choices\":[{\"delta\":{\"content\":\"" + "x".repeat(400) + "\"}}]}\n\n")
            .getBytes(UTF_8));
    reading.feed(("data: {\"choices\":[],\"usage\":" + usage + "}\n\n").getBytes(UTF_8));

    assertThat(reading.isTold()).isFalse();
    assertThat(reading.result(4000))
        .isEqualTo(new Reading.Result(new Tokens(1001, 101, 0, 0), true));
  }

  @Test
  void who_says_it_twice_is_taken_at_the_higher_word() {
    Reading reading = new Reading(Api.CHAT_COMPLETIONS);

    reading.feed(usage(100, 20));
    reading.feed(usage(90, 30));
    reading.feed(usage(1, 1));

    assertThat(reading.said()).isEqualTo(new Tokens(100, 30, 0, 0));
  }

  @Test
  void more_from_the_cache_than_was_read_is_not_possible() {
    Reading reading = new Reading(Api.CHAT_COMPLETIONS);

    reading.feed(
        """
        {"usage":{"prompt_tokens":10,"completion_tokens":1,"prompt_tokens_details":{"cached_tokens":1000,"cache_write_tokens":1000}}}
        """
            .getBytes(UTF_8));

    assertThat(reading.said()).isEqualTo(new Tokens(0, 1, 10, 0));
  }

  @Test
  void an_event_that_is_no_json_does_not_spoil_the_next() {
    Reading reading = new Reading(Api.CHAT_COMPLETIONS);

    reading.feed("data: {\"choices\": [<garbage>\n\n: comment\n\nretry: 3\n\n".getBytes(UTF_8));
    reading.feed(("data: " + "[".repeat(5000) + "\n\n").getBytes(UTF_8));
    reading.feed(usage(100, 20));

    assertThat(reading.result(1)).isEqualTo(new Reading.Result(new Tokens(100, 20, 0, 0), false));
  }

  @Test
  void the_words_of_the_answer_count_for_nothing() {
    Reading reading = new Reading(Api.CHAT_COMPLETIONS);

    reading.feed(
        "data: {\"choices\":[{\"delta\":{\"content\":\"\\n\\ndata: {\\\"usage\\\":{\\\"prompt_tokens\\\":1,\\\"completion_tokens\\\":1}}\"}}]}\n\n"
            .getBytes(UTF_8));

    assertThat(reading.isTold()).isFalse();
  }

  @Test
  void anthropics_first_count_is_only_a_beginning() {
    Reading reading = new Reading(Api.MESSAGES);
    reading.feed(
        """
        data: {"type":"message_start","message":{"usage":{"input_tokens":25,"cache_read_input_tokens":4000,"output_tokens":1}}}

        data: {"type":"content_block_delta","delta":{"text":"%s"}}

        """
            .formatted("x".repeat(400))
            .getBytes(UTF_8));

    assertThat(reading.isTold()).isFalse();
    assertThat(reading.result(1)).isEqualTo(new Reading.Result(new Tokens(25, 101, 4000, 0), true));
  }

  private static byte[] usage(long read, long written) {
    return "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":%d,\"completion_tokens\":%d}}\n\n"
        .formatted(read, written)
        .getBytes(UTF_8);
  }
}
