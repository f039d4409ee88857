package dev.knight.agent;

import dev.knight.rehearsal.ModelAnswer;
import dev.knight.rehearsal.ModelRequest;
import dev.knight.rehearsal.ScriptedModel;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/**
 * A model that gives its answers one after the other, each for 100 tokens read and 10 written; when
 * it has no more it says {@code done}.
 */
@NullMarked
final class TestModel implements AutoCloseable {
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private final ScriptedModel model;
  private final Deque<ModelAnswer> answers;
  private int asked;

  TestModel(ModelAnswer... answers) throws IOException {
    this.answers = new ArrayDeque<>(List.of(answers));
    this.model = ScriptedModel.answering(_ -> next());
  }

  /** Where it answers. */
  URI uri() {
    return model.baseUrl();
  }

  /** What it was asked. */
  List<ModelRequest> requests() {
    return model.requests();
  }

  private synchronized ModelAnswer next() {
    asked++;
    notifyAll();
    ModelAnswer answer = answers.isEmpty() ? ModelAnswer.text("done") : answers.remove();
    return answer.usage(100, 10, 0);
  }

  /** Waits until it was asked {@code count} times. */
  synchronized void awaitRequests(int count) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (asked < count) {
      long millis = (end - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        throw new AssertionError("The model was asked only " + asked + " times");
      }
      wait(millis);
    }
  }

  @Override
  public void close() throws IOException {
    model.close();
  }
}
