package dev.knight.intake;

import dev.knight.github.Account;
import dev.knight.github.GitHub;
import dev.knight.github.Listed;
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

  /** Whether {@code account} may command knight in {@code repository}. A bot needs both words. */
  boolean admits(RepositoryName repository, Account account) {
    boolean named = settings.names(account.person());
    return account.bot()
        ? named && isPermitted(repository, account.person())
        : named || isPermitted(repository, account.person());
  }

  /** Whether {@code account} is one that the owner has named. */
  boolean names(Account account) {
    return settings.names(account.person());
  }

  /**
   * Whether what {@code item} says is its author's word. Who may write to the repository may edit
   * what others wrote, and GitHub does not say who did: where that is too little to command knight,
   * only what nobody has touched counts.
   */
  boolean isOwnWord(Listed item) {
    return settings.least() == Permission.WRITE || !item.updatedAt().isAfter(item.createdAt());
  }

  private boolean isPermitted(RepositoryName repository, Person person) {
    return permission(repository, person).isAtLeast(settings.least());
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
