package dev.knight.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.knight.bridge.Fact;
import dev.knight.bridge.JournalEntry;
import dev.knight.job.Spent;
import dev.knight.pi.PiCodec;
import dev.knight.pi.PiEvent;
import dev.knight.pi.PiMessage;
import dev.knight.pi.PiRecord;
import dev.knight.pi.PiResponse;
import dev.knight.pi.Transcript;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@NullMarked
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConversationTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  /** How each prompt of each recorded experiment ends, in their order. */
  private static final String OUTCOMES =
      """
      abort-compaction             aborted
      abort-during-retry           aborted
      abort-midstream              aborted finished
      abort-then-prompt-race       aborted
      abort-tool                   aborted
      abort-tool-with-queue        aborted
      abort-with-queue             aborted
      abort-with-queue2            aborted finished
      abort_retry                  passes
      auto-compaction              finished finished
      auto-retry-off               passes
      commands-1.5.2               finished finished
      conn-refused                 passes
      double-prompt                broken
      double-prompt-behaviour      broken
      edit-file-1.5.2              finished
      ext-block                    finished
      ext-dialog-abort             cut
      ext-ui                       broken broken broken finished
      hang-abort                   aborted
      hang-idle-timeout            finished
      hang-midstream-timeout       finished
      llm-400                      final
      llm-401                      operator
      llm-402-quota                operator
      llm-429-retryafter           finished
      llm-429-twice                finished
      llm-500-forever              passes
      llm-bad-args                 finished
      llm-content-filter           final
      llm-cut-midstream            finished
      llm-empty                    finished
      llm-end-without-finish       finished
      llm-garbage                  passes
      llm-length                   truncated
      llm-missing-arg              finished
      llm-nousage                  finished
      llm-sse-error                finished
      llm-thinking                 finished
      llm-tool-error               finished
      llm-unknown-tool             finished
      new-session-while-streaming  aborted
      overflow-recovery            finished
      prompt-after-started         finished
      prompt-idle-with-behaviour   finished
      prompt-then-abort-race       finished
      prompt-while-streaming       finished
      steer-followup               finished
      steer-when-idle              finished
      summarization-retry          finished
      """;

  static Stream<Transcript> transcripts() throws IOException {
    return Transcript.all();
  }

  @ParameterizedTest
  @MethodSource("transcripts")
  void every_recorded_experiment_ends_as_it_did(Transcript transcript) {
    assertThat(String.join(" ", replay(transcript, new Conversation(""))))
        .isEqualTo(outcomes().get(transcript.name()));
  }

  @Test
  void every_transcript_has_an_outcome() throws IOException {
    assertThat(Transcript.all().map(Transcript::name))
        .containsExactlyInAnyOrderElementsOf(outcomes().keySet());
  }

  @Test
  void all_that_was_used_is_counted_as_pi_counts_it() {
    Conversation conversation = new Conversation("");

    replay(Transcript.of("edit-file-1.5.2"), conversation);

    JsonNode stats = stats(Transcript.of("edit-file-1.5.2"));
    assertThat(conversation.spent().inputTokens())
        .isEqualTo(stats.at("/tokens/input").asLong() + stats.at("/tokens/cacheRead").asLong());
    assertThat(conversation.spent().outputTokens()).isEqualTo(stats.at("/tokens/output").asLong());
    assertThat(conversation.spent().usd())
        .isCloseTo(
            stats.path("cost").decimalValue(),
            org.assertj.core.api.Assertions.within(new BigDecimal("0.000001")));
  }

  @Test
  void a_summary_is_paid_for_too() {
    Conversation with = new Conversation("");

    replay(Transcript.of("overflow-recovery"), with);

    assertThat(with.spent().usd()).isGreaterThan(BigDecimal.ZERO);
    assertThat(with.spent()).isNotEqualTo(Spent.NOTHING);
  }

  @Test
  void an_entry_told_twice_counts_once() {
    Conversation conversation = new Conversation("");
    JournalEntry prompted = new JournalEntry(1, NOW, new Fact.Prompted("a", 1));

    conversation.note(prompted);
    conversation.note(new JournalEntry(2, NOW, new Fact.Exited(137, "")));
    conversation.note(prompted);

    assertThat(conversation.asked("a")).contains(new Conversation.Asked.CutOff(1));
  }

  @Test
  void a_bridge_that_starts_again_cuts_off_what_the_dead_one_was_asked() {
    Conversation conversation = new Conversation("");

    conversation.note(new JournalEntry(1, NOW, new Fact.Started(1)));
    conversation.note(new JournalEntry(2, NOW, new Fact.Prompted("a", 1)));
    conversation.note(new JournalEntry(3, NOW, new Fact.Started(2)));

    assertThat(conversation.asked("a")).contains(new Conversation.Asked.CutOff(1));
    assertThat(conversation.isRunning()).isFalse();
  }

  @Test
  void what_pi_is_told_while_it_works_it_has_once_it_says_so() {
    Conversation conversation = new Conversation("");
    conversation.note(new JournalEntry(1, NOW, new Fact.Prompted("implement 1", 1)));
    conversation.note(new JournalEntry(2, NOW, new Fact.Steered("more a", "use tabs")));
    conversation.note(new JournalEntry(3, NOW, new Fact.Steered("more b", "and no spaces")));
    assertThat(conversation.told("more a")).isEqualTo(Session.Told.WAITS);

    conversation.note(new JournalEntry(4, NOW, user("use tabs")));
    assertThat(conversation.told("more a")).isEqualTo(Session.Told.HEARD);
    assertThat(conversation.told("more b")).isEqualTo(Session.Told.WAITS);

    conversation.note(new JournalEntry(5, NOW, new Fact.Said(new PiEvent.AgentSettled(false))));
    assertThat(conversation.told("more a")).isEqualTo(Session.Told.HEARD);
    assertThat(conversation.told("more b")).isEqualTo(Session.Told.NOT);
  }

  @Test
  void what_waits_in_a_pi_that_ends_is_lost_with_it() {
    Conversation conversation = new Conversation("");
    conversation.note(new JournalEntry(1, NOW, new Fact.Prompted("implement 1", 1)));
    conversation.note(new JournalEntry(2, NOW, new Fact.Steered("more a", "use tabs")));
    conversation.note(new JournalEntry(3, NOW, new Fact.Exited(137, "")));
    assertThat(conversation.told("more a")).isEqualTo(Session.Told.NOT);

    conversation.note(new JournalEntry(4, NOW, new Fact.Prompted("more a", 1)));
    assertThat(conversation.told("more a")).isEqualTo(Session.Told.ASKED);
    assertThat(conversation.told("more c")).isEqualTo(Session.Told.NOT);
  }

  private static Fact user(String text) {
    return new Fact.Said(new PiEvent.MessageEnd(new PiMessage.Other("user", text)));
  }

  @Test
  void a_prompt_that_an_extension_took_is_no_answer() {
    Conversation conversation = new Conversation("");
    PiResponse handled =
        (PiResponse)
            new PiCodec()
                .decode(
                    new PiCodec()
                        .object()
                        .put("type", "response")
                        .put("success", true)
                        .set("data", new PiCodec().object().put("disposition", "handled")));

    conversation.note(new JournalEntry(1, NOW, new Fact.Prompted("a", 1)));
    conversation.note(new JournalEntry(2, NOW, new Fact.Answered("a", 1, handled)));

    assertThat(conversation.asked("a").orElseThrow()).isInstanceOf(Conversation.Asked.Broken.class);
  }

  /** Plays {@code transcript} as a bridge would tell it; each prompt has its number for a key. */
  private static List<String> replay(Transcript transcript, Conversation conversation) {
    PiCodec codec = new PiCodec();
    Map<String, String> keys = new HashMap<>();
    long seq = 0;
    boolean busy = false;
    for (Transcript.Line line : transcript.lines()) {
      String id = line.record().path("id").asText();
      String type = line.record().path("type").asText();
      if (!line.fromPi()) {
        if (type.equals("prompt") && !busy) {
          busy = true;
          keys.put(id, "prompt " + (keys.size() + 1));
          conversation.note(
              new JournalEntry(++seq, NOW, new Fact.Prompted(keys.getOrDefault(id, ""), 1)));
        }
        continue;
      }
      boolean handled = line.record().at("/data/disposition").asText().equals("handled");
      busy = busy && !type.equals("agent_settled") && !handled;
      PiRecord record = codec.decode(line.record());
      Fact fact =
          record instanceof PiResponse response && keys.containsKey(id)
              ? new Fact.Answered(keys.getOrDefault(id, ""), 1, response)
              : new Fact.Said(record);
      conversation.note(new JournalEntry(++seq, NOW, fact));
    }
    conversation.cutOff();
    List<String> ends = new ArrayList<>();
    for (int i = 1; i <= keys.size(); i++) {
      ends.add(word(conversation.asked("prompt " + i)));
    }
    return ends;
  }

  private static String word(Optional<Conversation.Asked> asked) {
    return switch (asked.orElseThrow()) {
      case Conversation.Asked.Ended(int _, Turn.Finished _) -> "finished";
      case Conversation.Asked.Ended(int _, Turn.Truncated _) -> "truncated";
      case Conversation.Asked.Ended(int _, Turn.Aborted _) -> "aborted";
      case Conversation.Asked.Ended(int _, Turn.Stuck _) -> "stuck";
      case Conversation.Asked.Ended(int _, Turn.Failed(Turn.Cause cause, String _)) ->
          cause.name().toLowerCase(java.util.Locale.ROOT);
      case Conversation.Asked.Broken _ -> "broken";
      case Conversation.Asked.CutOff _ -> "cut";
      case Conversation.Asked.Open _ -> "open";
    };
  }

  private static JsonNode stats(Transcript transcript) {
    return transcript.lines().stream()
        .map(Transcript.Line::record)
        .filter(record -> record.path("command").asText().equals("get_session_stats"))
        .reduce((_, last) -> last)
        .orElseThrow()
        .path("data");
  }

  private static Map<String, String> outcomes() {
    Map<String, String> outcomes = new HashMap<>();
    OUTCOMES
        .lines()
        .forEach(line -> {
          int gap = line.indexOf(' ');
          outcomes.put(line.substring(0, gap), line.substring(gap).strip());
        });
    return outcomes;
  }
}
