package dev.knight.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.api.LiveLine;
import dev.knight.api.LiveLine.Kind;
import dev.knight.dashboard.TalkItem.CallEnd;
import dev.knight.live.Past;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TalkTest {
  private static final Instant AT = Instant.parse("2026-11-22T12:00:00Z");
  private static final LiveLine CALL =
      new LiveLine(Kind.CALL, "7", 3, AT, "edit", "a.java", "-a\n+b\n", "c<1>", false, 0);
  private static final LiveLine RESULT =
      new LiveLine(Kind.RESULT, "7", 4, AT, "edit", "", "done\n", "c<1>", false, 1_234);

  private final Talk talk = new Talk("7");

  @Test
  void a_result_finds_the_elements_of_its_call() {
    TalkItem call = talk.of(CALL).orElseThrow();

    CallEnd end = Talk.end(RESULT);

    assertThat(call.end().state()).isEqualTo("running");
    assertThat(call.change()).hasSize(2);
    assertThat(end.signId()).isEqualTo(call.end().signId()).matches("sign-[0-9a-f]{16}");
    assertThat(end.outputId()).isEqualTo(call.end().outputId());
    assertThat(end).extracting(CallEnd::state, CallEnd::took).containsExactly("good", "1.2 s");
    assertThat(end.output()).isEqualTo("done\n");
  }

  @Test
  void a_call_of_the_past_has_ended_or_never_will() {
    Past.Item ended = new Past.Item(CALL, Optional.of(RESULT));
    Past.Item open = new Past.Item(CALL, Optional.empty());

    assertThat(talk.of(ended, true).orElseThrow().end().output()).isEqualTo("done\n");
    assertThat(talk.of(open, false).orElseThrow().end().state()).isEqualTo("running");
    assertThat(talk.of(open, true).orElseThrow().end().state()).isEqualTo("open");
  }

  @Test
  void a_review_is_told_apart() {
    assertThat(talk.of(said("7-review-1")).orElseThrow().aside()).isEqualTo("Review 1");
    assertThat(talk.of(said("7-review-c439fe65b359")).orElseThrow().aside()).isEqualTo("Review");
    assertThat(talk.of(said("7")).orElseThrow().aside()).isEmpty();
  }

  @Test
  void what_an_answer_ends_with_is_told_apart() {
    TalkItem item =
        talk.of(LiveLine.of(Kind.SAID, "7", 1, AT, "", "Done.\n\n```json\n{\"a\": 1}\n```\n"))
            .orElseThrow();

    assertThat(item.text()).isEqualTo("Done.");
    assertThat(item.report()).isEqualTo("{\"a\": 1}");
  }

  @Test
  void people_are_heard_and_the_rest_of_the_story_is_told_elsewhere() {
    assertThat(talk.of(LiveLine.of(Kind.EVENT, "", 9, AT, "mention", "ada added: x")).orElseThrow())
        .extracting(TalkItem::kind, TalkItem::text, TalkItem::id)
        .containsExactly("person", "ada added: x", "say-job-9");
    assertThat(talk.of(LiveLine.of(Kind.EVENT, "", 9, AT, "step", "Entered review"))).isEmpty();
    assertThat(talk.of(LiveLine.of(Kind.DELTA, "7", 0, AT, "", "x"))).isEmpty();
  }

  @Test
  void long_and_strange_text_is_cut_and_plain() {
    LiveLine line =
        new LiveLine(
            Kind.SAID,
            "7",
            1,
            AT,
            "",
            "\u001b[1m\u202e" + "x".repeat(30_000),
            "\u0007",
            "",
            false,
            0);

    TalkItem item = talk.of(line).orElseThrow();

    assertThat(item.text())
        .startsWith("\uFFFD[1m\uFFFDx")
        .hasSizeLessThan(20_100)
        .contains("more)");
    assertThat(item.thoughts()).isEqualTo("\uFFFD");
  }

  private static LiveLine said(String session) {
    return LiveLine.of(Kind.SAID, session, 1, AT, "", "Good.");
  }
}
