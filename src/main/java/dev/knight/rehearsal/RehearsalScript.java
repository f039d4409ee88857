package dev.knight.rehearsal;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * What the model says in the rehearsal: it mends {@code greet.sh}, forgets the test, is told so by
 * its own review, and adds it. A conversation without the {@code edit} tool is a review.
 */
public final class RehearsalScript implements Function<ModelRequest, ModelAnswer> {
  private static final String DONE =
      """
      Without a name there was nothing to loop over. Now the world stands in for the missing name.%s

      ```json
      {"outcome": "changed", "title": "Greet the world when no name is given", "summary": "`greet.sh` \
      had no names to loop over when it was called without arguments, so it printed nothing. It now greets \
      the world then.%s", "question": "", "default": ""}
      ```
      """;
  private static final String NOTHING_MORE =
      """
      There is nothing left to change.

      ```json
      {"outcome": "no-change", "title": "", "summary": "Everything asked for is in place.", "question": "", "default": ""}
      ```
      """;
  private static final String FINDING =
      """
      The change does what was asked; the tests do not show it.

      ```json
      {"verdict": "changes", "findings": [{"severity": "medium", "file": "test.sh", "line": 14, \
      "text": "Calling greet.sh without a name has no test: add `expect \\"Hello, world!\\" \\"$(sh greet.sh)\\"`."}]}
      ```
      """;
  private static final String APPROVAL =
      """
      greet.sh greets the world without a name, still greets every name that is given, and test.sh covers both.

      ```json
      {"verdict": "approve", "findings": []}
      ```
      """;

  private static final List<ModelAnswer> IMPLEMENT =
      List.of(
          ModelAnswer.text("I will look at the program and its test first.")
              .read("greet.sh")
              .read("test.sh"),
          ModelAnswer.text("With no arguments the loop never runs. I will give it a default.")
              .edit(
                  "greet.sh",
                  "# Says hello to each name that is given.\n",
                  """
                  # Says hello to each name that is given, and to the world if none is.

                  [ $# -gt 0 ] || set -- world
                  """),
          ModelAnswer.text("Now the project's own checks.").bash("sh test.sh && sh greet.sh"),
          ModelAnswer.text(DONE.formatted("", "")),
          ModelAnswer.text("The reviewer is right: the new behaviour needs its line in test.sh.")
              .edit(
                  "test.sh",
                  "\nexit $failed",
                  "expect \"Hello, world!\" \"$(sh greet.sh)\"\n\nexit $failed"),
          ModelAnswer.text("Once more the checks.").bash("sh test.sh"),
          ModelAnswer.text(DONE.formatted(" A test shows it.", " `test.sh` shows it.")));

  private static final List<ModelAnswer> REVIEW =
      List.of(
          ModelAnswer.text("I will read the changed program as it is now.").read("greet.sh"),
          ModelAnswer.text(FINDING));

  private static final List<ModelAnswer> REVIEW_AGAIN =
      List.of(
          ModelAnswer.text("I will read the program and its tests as they are now.")
              .read("greet.sh")
              .read("test.sh"),
          ModelAnswer.text(APPROVAL));

  private final Duration latency;
  private final Duration chunkDelay;

  /**
   * A script at a pace that a person can follow, or without any delay.
   *
   * @param latency how long each answer is thought about
   * @param chunkDelay how long each word takes
   */
  public RehearsalScript(Duration latency, Duration chunkDelay) {
    this.latency = latency;
    this.chunkDelay = chunkDelay;
  }

  /** A script as fast as can be. */
  public static RehearsalScript atOnce() {
    return new RehearsalScript(Duration.ZERO, Duration.ZERO);
  }

  @Override
  public ModelAnswer apply(ModelRequest request) {
    List<ModelAnswer> turns = turns(request);
    int turn = request.turn();
    ModelAnswer answer = turn < turns.size() ? turns.get(turn) : ModelAnswer.text(NOTHING_MORE);
    return answer.slowly(latency, chunkDelay);
  }

  private static List<ModelAnswer> turns(ModelRequest request) {
    if (request.tools().contains("edit")) {
      return IMPLEMENT;
    }
    boolean tested = request.prompt().contains("+expect \"Hello, world!\"");
    return tested ? REVIEW_AGAIN : REVIEW;
  }
}
