package dev.knight.setup;

import dev.knight.job.Secret;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a person is asked. Every method may throw {@link LeftException} when the person leaves, and
 * {@link IllegalArgumentException}, naming the flag, where an answer is missing and nobody can be
 * asked.
 */
interface Asker {
  /**
   * One of {@code choices}.
   *
   * @param usual what stands for no answer, as an index; empty if there is no such thing
   */
  <T> T choose(Question question, List<Choice<T>> choices, Optional<Integer> usual);

  /**
   * Some of {@code choices}, at least one.
   *
   * @param usual what is marked before anybody answers, as indices
   */
  <T> List<T> pick(Question question, List<Choice<T>> choices, Set<Integer> usual);

  /**
   * A line of text.
   *
   * @param usual what stands for an empty answer; empty if there must be one
   */
  String text(Question question, Optional<String> usual);

  /** A line that nobody sees. */
  Secret secret(Question question);

  /** Yes or no. */
  boolean agree(Question question, boolean usual);

  /** Whether somebody is there who can answer once more after a wrong answer. */
  boolean isPerson();
}
