package dev.knight.intake;

import dev.knight.github.GitHub;
import dev.knight.github.Permission;
import dev.knight.job.Person;
import dev.knight.job.RepositoryName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whether a person may command knight in a repository, by GitHub's word. What could not be asked is
 * not assumed: the exception goes through. One thread at a time.
 */
final class Trust {
  /** GitHub's word is good for this long. */
  private static final Duration KEPT = Duration.ofMinutes(5);

  /**
   * More people than talk to knight in five minutes; beyond it the oldest answers are forgotten.
   */
  private static final int MOST_KEPT = 1_000;

  private final GitHub github;
  private final TrustSettings settings;
  private final InstantSource clock;
  private final Map<Question, Answer> answers = new LinkedHashMap<>();

  Trust(GitHub github, TrustSettings settings, InstantSource clock) {
    this.github = github;
    this.settings = settings;
    this.clock = clock;
  }

  private record Question(RepositoryName repository, Person person) {}

  private record Answer(Permission permission, Instant until) {}

  /** Whether {@code person} may command knight in {@code repository}. */
  boolean admits(RepositoryName repository, Person person) {
    return settings.names(person) || permission(repository, person).isAtLeast(settings.least());
  }

  private Permission permission(RepositoryName repository, Person person) {
    Instant now = clock.instant();
    answers.values().removeIf(answer -> !now.isBefore(answer.until()));
    Question question = new Question(repository, person);
    Answer known = answers.get(question);
    if (known != null) {
      return known.permission();
    }
    Permission permission = github.permission(repository, person);
    if (answers.size() >= MOST_KEPT) {
      answers.remove(answers.keySet().iterator().next());
    }
    answers.put(question, new Answer(permission, now.plus(KEPT)));
    return permission;
  }
}
