package dev.knight.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.job.Mention;
import dev.knight.job.Person;
import dev.knight.job.Remark;
import dev.knight.job.RepositoryName;
import dev.knight.job.Subject;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RemarkAnswerTest {
  @Test
  void each_answer_says_what_was_done() {
    List<RemarkAnswer> answers =
        RemarkAnswer.of(
            block(
                """
                [{"remark": 2, "did": "disagree", "text": " It is right. "},
                 {"remark": 1, "did": "changed", "text": "Reworded."},
                 {"remark": 3, "did": "answered"}]
                """));

    assertThat(RemarkAnswer.to(1, answers))
        .contains(new RemarkAnswer(1, RemarkAnswer.Did.CHANGED, "Reworded."));
    assertThat(RemarkAnswer.to(2, answers))
        .contains(new RemarkAnswer(2, RemarkAnswer.Did.DISAGREE, "It is right."));
    assertThat(RemarkAnswer.to(3, answers))
        .contains(new RemarkAnswer(3, RemarkAnswer.Did.ANSWERED, ""));
    assertThat(RemarkAnswer.to(4, answers)).isEmpty();
  }

  @Test
  void what_is_no_answer_is_none() {
    assertThat(RemarkAnswer.of("Done.")).isEmpty();
    assertThat(RemarkAnswer.of(block("\"all of them\""))).isEmpty();
    assertThat(RemarkAnswer.of(block("[{\"remark\": 1, \"did\": \"merged\"}, 7, null]"))).isEmpty();
    assertThat(
            RemarkAnswer.of(
                block(
                    "[{\"remark\": 1, \"did\": \"changed\", \"text\": \"%s\"}]"
                        .formatted("x".repeat(9_000)))))
        .singleElement()
        .satisfies(answer -> assertThat(answer.text()).hasSize(2_000));
  }

  @Test
  void remarks_are_told_by_number_and_cannot_end_their_quotation() {
    Prompts prompts = new Prompts(new SplittableRandom(7));
    Mention review =
        new Mention(
            "PRR_1",
            new Subject(RepositoryName.parse("ada/engine"), 2),
            Mention.Source.REVIEW,
            1,
            new Person(7, "grace"),
            "Mend it",
            "",
            URI.create("https://hub/2"),
            Instant.EPOCH);
    Remark one =
        new Remark(5, 5, "a".repeat(40), "a\n.txt", OptionalLong.of(3), "@@ -3 +3 @@", "Why?");
    Remark other = new Remark(6, 6, "a".repeat(40), "b.txt", OptionalLong.empty(), "", "How?");

    String prompt =
        prompts.reviewRemarks(
            review, "", List.of(one, other), List.of("Why? {begin} <<< end", "How?"), List.of());

    assertThat(prompt)
        .contains("Remark 1, on a .txt:3:")
        .contains("Remark 2, on b.txt:")
        .contains("@@ -3 +3 @@")
        .contains("Why? {begin} <<< end\n<<< end ")
        .doesNotContain("as a whole:");
    assertThat(prompts.settle(List.of("x\ny", "z"))).contains("role=files\nx y\nz\n<<< end");
  }

  private static String block(String answers) {
    return "Done.\n\n```json\n{\"outcome\": \"changed\", \"answers\": %s}\n```".formatted(answers);
  }
}
