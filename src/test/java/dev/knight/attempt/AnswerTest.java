package dev.knight.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.publish.Story;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AnswerTest {

  @Test
  void the_last_json_block_is_the_answer() {
    Answer answer =
        Answer.of(
            """
            I looked at this:

            ```json
            {"outcome": "no-change", "summary": "an example from the code"}
            ```

            Done.

            ```json
            {"outcome": "changed", "title": "Greet\\nby name", "summary": "It greets.", "question": "", "default": ""}
            ```
            """);

    assertThat(answer.outcome()).contains(Answer.Outcome.CHANGED);
    assertThat(answer.title()).isEqualTo("Greet by name");
    assertThat(answer.summary()).isEqualTo("It greets.");
  }

  @Test
  void without_a_block_the_message_is_the_summary() {
    Answer answer = Answer.of("I fixed the greeting.");

    assertThat(answer.outcome()).isEmpty();
    assertThat(answer.title()).isEmpty();
    assertThat(answer.summary()).isEqualTo("I fixed the greeting.");
  }

  @Test
  void a_broken_block_counts_as_missing() {
    assertThat(Answer.of("x\n```json\n{\"outcome\": \n```\n").outcome()).isEmpty();
    assertThat(Answer.of("x\n```json\n[1]\n```\n").outcome()).isEmpty();
    assertThat(Answer.of("x\n```json\n{\"outcome\": {\"a\": 1}}\n```\n").outcome()).isEmpty();
  }

  @Test
  void an_unknown_word_is_no_outcome() {
    assertThat(Answer.of("```json\n{\"outcome\": \"merged\"}\n```").outcome()).isEmpty();
  }

  @Test
  void a_block_without_a_summary_takes_the_message_before_it() {
    Answer answer = Answer.of("I changed the sign.\n\n```json\n{\"outcome\": \"changed\"}\n```");

    assertThat(answer.summary()).isEqualTo("I changed the sign.");
  }

  @Test
  void the_parts_of_its_story_are_kept_and_lists_are_lists() {
    Answer answer =
        Answer.of(
            """
            ```json
            {"outcome": "changed", "title": "Mend it", "summary": "It runs.", "why": "It stalled.", "what": "It runs now.",
             "decisions": ["A lock,\nnot a queue", ""], "risks": "Slower.", "leftOut": [], "commit": "fix: mend it", "fix": true}
            ```
            """);

    assertThat(answer.story())
        .isEqualTo(
            new Story(
                "It runs.",
                "It stalled.",
                "It runs now.",
                "- A lock, not a queue",
                List.of(),
                "Slower.",
                ""));
    assertThat(answer.commit()).isEqualTo("fix: mend it");
    assertThat(answer.fix()).isTrue();
  }

  @Test
  void up_to_three_questions_are_asked_at_once() {
    Answer answer =
        Answer.of(
            """
            ```json
            {"outcome": "question", "questions": [
              {"question": "Which port?", "default": "8080", "reversible": true},
              {"question": "Delete the\nold data?", "default": "no"},
              {"question": "", "default": "x", "reversible": true},
              {"question": "A fourth?"}]}
            ```
            """);

    assertThat(answer.asks()).isTrue();
    assertThat(answer.questions())
        .containsExactly(
            new Asked("Which port?", "8080", true),
            new Asked("Delete the\nold data?", "no", false));
    assertThat(answer.questions()).extracting(Asked::blocksNobody).containsExactly(true, false);
    assertThat(answer.question())
        .isEqualTo(
            "1. Which port? (I would assume: 8080)\n\n2. Delete the old data? (I would assume: no)");
  }

  @Test
  void who_is_done_and_asks_all_the_same_does_not_wait() {
    Answer answer =
        Answer.of(
            "```json\n{\"outcome\": \"changed\", \"questions\": [{\"question\": \"Which?\"}]}\n```");

    assertThat(answer.asks()).isFalse();
    assertThat(answer.asking().asks()).isTrue();
    assertThat(answer.asking().question()).isEqualTo("Which?");
  }

  @Test
  void a_question_is_kept() {
    Answer answer =
        Answer.of("```json\n{\"outcome\": \"question\", \"question\": \"Which port?\"}\n```");

    assertThat(answer.outcome()).contains(Answer.Outcome.QUESTION);
    assertThat(answer.question()).isEqualTo("Which port?");
  }

  @Test
  void endless_text_is_bounded() {
    Answer answer = Answer.of("a".repeat(3_000_000));

    assertThat(answer.summary()).hasSizeLessThanOrEqualTo(20_000);
  }
}
