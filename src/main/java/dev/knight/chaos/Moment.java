package dev.knight.chaos;

import java.time.Duration;
import java.util.Locale;

/** When something is killed: what can be seen from outside just then. */
sealed interface Moment {
  /** The step in which a job is then; empty where it may be in any. */
  String step();

  /**
   * The service asks GitHub for something.
   *
   * @param path a regular expression for the whole path
   * @param after whether the request takes effect first; its answer is lost either way
   */
  record Request(String step, String method, String path, boolean after) implements Moment {
    @Override
    public String toString() {
      String[] parts = path.split("/", -1);
      return "%s …/%s, %s".formatted(method, parts[parts.length - 1], after ? "after" : "before");
    }
  }

  /**
   * pi asks the model for its next message.
   *
   * @param reviewing whether it is the reviewer that asks
   * @param turn how many messages the model has said before
   * @param delay how long after the question
   */
  record Turn(String step, boolean reviewing, int turn, Duration delay) implements Moment {
    @Override
    public String toString() {
      return "the model is asked for message %d of %s, +%s"
          .formatted(turn + 1, reviewing ? "a review" : "the work", millis(delay));
    }
  }

  /** A job has entered a step. */
  record Entered(String step, Duration delay) implements Moment {
    @Override
    public String toString() {
      return "%s is entered, +%s".formatted(step, millis(delay));
    }
  }

  /** The service is started again after it was killed, and does not serve yet. */
  record Starting(Duration delay) implements Moment {
    @Override
    public String step() {
      return Plan.START;
    }

    @Override
    public String toString() {
      return "it starts again, +" + millis(delay);
    }
  }

  /** Some time, whatever happens. */
  record Chance(Duration delay) implements Moment {
    static final Chance NOW = new Chance(Duration.ZERO);

    @Override
    public String step() {
      return "";
    }

    @Override
    public String toString() {
      return "by chance";
    }
  }

  private static String millis(Duration delay) {
    return String.format(Locale.ROOT, "%d ms", delay.toMillis());
  }
}
