package dev.knight.chaos;

import dev.knight.rehearsal.ModelAnswer;
import dev.knight.rehearsal.ModelRequest;
import dev.knight.rehearsal.RehearsalScript;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The model of the rehearsal, at the pace of a fast one, for many jobs at once; it keeps account of
 * what it is asked twice.
 */
final class Script implements Function<ModelRequest, ModelAnswer> {
  private static final Pattern TASK = Pattern.compile("Greeting ([0-9]{1,9}): ");

  private final RehearsalScript script =
      new RehearsalScript(Duration.ofMillis(300), Duration.ofMillis(4));
  private final Consumer<Question> listener;
  private final IntSupplier kills;
  private final Set<Question> asked = new HashSet<>();
  private final Map<After, Integer> repeated = new HashMap<>();
  private int calls;

  /**
   * @param listener told of each question before it is answered
   * @param kills how many there were so far
   */
  Script(Consumer<Question> listener, IntSupplier kills) {
    this.listener = listener;
    this.kills = kills;
  }

  /**
   * What tells one call of the model from all others that a job without a disturbance makes.
   *
   * @param task the mention, from 1
   * @param round the review, from 1; 0 for the work itself
   * @param turn how many messages the model has said before
   */
  record Question(int task, int round, int turn) {
    boolean isReview() {
      return round > 0;
    }
  }

  /** What was asked of a mention's job between one kill and the next. */
  private record After(int kill, int task) {}

  /** The title of the issue of mention {@code task}. */
  static String title(int task) {
    return "Greeting %d: nothing is said when no name is given".formatted(task);
  }

  /** What was asked so far, and how often again. */
  record Calls(int all, int repeated, int mostForOneKill) {}

  @Override
  public ModelAnswer apply(ModelRequest request) {
    Question question = question(request);
    note(question);
    listener.accept(question);
    return slowTool(script.apply(request));
  }

  private static Question question(ModelRequest request) {
    Matcher task = TASK.matcher(request.prompt());
    int number = task.find() ? Integer.parseInt(task.group(1)) : 0;
    return new Question(number, round(request), request.turn());
  }

  private static int round(ModelRequest request) {
    if (request.tools().contains("edit")) {
      return 0;
    }
    return request.prompt().contains("+expect \"Hello, world!\"") ? 2 : 1;
  }

  private synchronized void note(Question question) {
    calls++;
    if (!asked.add(question)) {
      repeated.merge(new After(kills.getAsInt(), question.task()), 1, Integer::sum);
    }
  }

  /** A command that takes a moment can be killed in it. */
  private static ModelAnswer slowTool(ModelAnswer answer) {
    return answer.toolCalls().stream()
        .filter(call -> call.name().equals("bash"))
        .findFirst()
        .map(call ->
            ModelAnswer.text(answer.text())
                .bash("sleep 1 && " + call.arguments().path("command").asText())
                .slowly(answer.latency(), answer.chunkDelay()))
        .orElse(answer);
  }

  synchronized Calls calls() {
    int again = repeated.values().stream().mapToInt(Integer::intValue).sum();
    int most = repeated.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    return new Calls(calls, again, most);
  }
}
