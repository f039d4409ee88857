package dev.knight.api;

import dev.knight.job.Event;
import java.time.Instant;
import java.util.function.UnaryOperator;

/**
 * One line of a job's story.
 *
 * @param sequence its place in the story
 * @param at when it happened
 * @param kind a stable word
 * @param text one plain sentence
 */
public record EventView(long sequence, Instant at, String kind, String text) {
  /** The view of {@code event}, whose text {@code clean} takes secrets out of. */
  public static EventView of(Event event, UnaryOperator<String> clean) {
    return new EventView(event.sequence(), event.at(), event.kind(), clean.apply(event.text()));
  }
}
