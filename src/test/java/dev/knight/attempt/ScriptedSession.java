package dev.knight.attempt;

import dev.knight.agent.Session;
import dev.knight.agent.Turn;
import dev.knight.job.Spent;
import dev.knight.job.UnavailableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A session that says what the test says, and keeps a journal that restarts do not forget. */
final class ScriptedSession implements Session {
  /** What was asked, each once, in order. */
  final Map<String, String> asked = new LinkedHashMap<>();

  /** Where it went back to. */
  final List<String> back = new ArrayList<>();

  private final Map<String, String> answers = new HashMap<>();
  private final Map<String, Runnable> deeds = new HashMap<>();
  private final List<Consumer<String>> listeners = new ArrayList<>();
  private int hangs;

  /** It answers {@code key} with {@code message}. */
  void says(String key, String message) {
    answers.put(key, message);
  }

  /** When it is asked {@code key}, it does something first. */
  void does(String key, Runnable deed) {
    deeds.put(key, deed);
  }

  /** It hangs and goes on. */
  void hangs(String words) {
    hangs++;
    listeners.forEach(listener -> listener.accept(words));
  }

  /** It hangs for good. */
  void hangsAgain() {
    hangs++;
    throw new UnavailableException("it hung for the second time", Optional.empty());
  }

  @Override
  public int hangs() {
    return hangs;
  }

  @Override
  public Turn prompt(String key, String text) {
    if (!asked.containsKey(key)) {
      if (!answers.containsKey(key)) {
        throw new UnavailableException("died before it was asked " + key, Optional.empty());
      }
      asked.put(key, text);
      deeds.getOrDefault(key, () -> {}).run();
    }
    return new Turn.Finished(answers.getOrDefault(key, ""));
  }

  @Override
  public boolean wasAsked(String key) {
    return asked.containsKey(key);
  }

  @Override
  public Optional<String> latest() {
    return asked.keySet().stream().reduce((_, later) -> later);
  }

  @Override
  public Optional<String> point() {
    return Optional.of("entry " + asked.size());
  }

  @Override
  public boolean goBack(String point) {
    back.add(point);
    return true;
  }

  @Override
  public void watch(Consumer<String> listener) {
    listeners.add(listener);
  }

  @Override
  public void abort() {}

  @Override
  public Spent spent() {
    return Spent.NOTHING;
  }

  @Override
  public void end() {}

  @Override
  public void close() {}
}
