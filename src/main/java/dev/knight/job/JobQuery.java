package dev.knight.job;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which jobs somebody wants to see, newest first. What is empty leaves nothing out.
 *
 * @param states the words of the states that they may be in
 * @param repository whose they are
 * @param requester the login of who asked, in any case
 * @param text words that all stand, in any case, somewhere in the title, the repository, the
 *     requester's login, what came of it or what was asked; {@code #7} is a number of a job or
 *     issue
 * @param before only jobs that are older than this one: the last of the page before
 * @param limit at most so many
 */
public record JobQuery(
    Set<String> states,
    Optional<RepositoryName> repository,
    Optional<String> requester,
    String text,
    Optional<JobId> before,
    int limit) {
  /** The words for states, in the order of a job's life. */
  public static final List<String> STATES =
      List.of(
          "queued", "running", "retrying", "needs-you", "done", "no-change", "failed", "stopped");

  private static final int LONGEST_TEXT = 200;
  private static final int MOST_WORDS = 8;

  /** Refuses, by an {@link IllegalArgumentException} in a sentence, what no job could answer. */
  public JobQuery {
    states = Set.copyOf(states);
    states.stream()
        .filter(state -> !STATES.contains(state))
        .findAny()
        .ifPresent(unknown -> {
          throw new IllegalArgumentException(
              "There is no state '%s'; a job is %s".formatted(unknown, String.join(", ", STATES)));
        });
    text = text.strip();
    if (text.length() > LONGEST_TEXT) {
      throw new IllegalArgumentException("Look for at most %d characters".formatted(LONGEST_TEXT));
    }
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be 1 or more");
    }
  }

  /** The newest {@code limit} jobs. */
  public static JobQuery newest(int limit) {
    return new JobQuery(Set.of(), Optional.empty(), Optional.empty(), "", Optional.empty(), limit);
  }

  /** The same, of these states alone; of all states if there are none. */
  public JobQuery in(Collection<String> wanted) {
    return new JobQuery(Set.copyOf(wanted), repository, requester, text, before, limit);
  }

  /** The same, of that repository alone. */
  public JobQuery of(RepositoryName wanted) {
    return new JobQuery(states, Optional.of(wanted), requester, text, before, limit);
  }

  /** The same, asked by that person alone. */
  public JobQuery by(String login) {
    return new JobQuery(states, repository, Optional.of(login), text, before, limit);
  }

  /** The same, with these words alone. */
  public JobQuery with(String words) {
    return new JobQuery(states, repository, requester, words, before, limit);
  }

  /** The page that follows the one that ends with {@code last}. */
  public JobQuery after(JobId last) {
    return new JobQuery(states, repository, requester, text, Optional.of(last), limit);
  }

  /** Its words, in lower case. */
  public List<String> words() {
    return Arrays.stream(text.toLowerCase(Locale.ROOT).split("\\s+"))
        .filter(word -> !word.isEmpty())
        .limit(MOST_WORDS)
        .toList();
  }
}
