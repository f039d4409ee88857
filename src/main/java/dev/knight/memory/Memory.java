package dev.knight.memory;

import dev.knight.hygiene.PlainText;
import dev.knight.hygiene.Redactor;
import dev.knight.job.Convention;
import dev.knight.job.Convention.Stage;
import dev.knight.job.ConventionStore;
import dev.knight.job.Person;
import dev.knight.job.RepositoryName;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The conventions of repositories. Only what a person with the right to command knight said comes
 * here; whoever calls answers for that. Nothing is told to a job before it is confirmed. For any
 * thread.
 */
@Singleton
public final class Memory {
  /** A candidate that nobody confirms meant one change and no other. */
  private static final Duration CANDIDATE = Duration.ofDays(30);

  /** What no job went by for so long says nothing any more. */
  private static final Duration UNUSED = Duration.ofDays(90);

  /** So many are proposed for AGENTS.md: the newest in use. More would be a book. */
  private static final int MOST_PROPOSED = 30;

  /** A repository's owner writes that many by hand into AGENTS.md, and no more. */
  private static final int MOST_KEPT = 200;

  private final ConventionStore store;
  private final Redactor redactor;
  private final InstantSource clock;

  /** Keeps everything in {@code store}, without the secrets that {@code redactor} knows. */
  public Memory(ConventionStore store, Redactor redactor, InstantSource clock) {
    this.store = store;
    this.redactor = redactor;
    this.clock = clock;
  }

  /**
   * Those that hold in {@code repository}, the last used first, and no more than {@value
   * #MOST_PROPOSED}.
   */
  public List<Convention> confirmed(RepositoryName repository) {
    return living(Optional.of(repository)).stream()
        .filter(one -> one.stage() == Stage.CONFIRMED)
        .sorted((one, other) -> other.usedAt().compareTo(one.usedAt()))
        .limit(MOST_PROPOSED)
        .toList();
  }

  /** The candidates and those that hold, the oldest first; of all repositories if none is named. */
  public List<Convention> living(Optional<RepositoryName> repository) {
    return store.all(repository).stream()
        .map(this::expired)
        .filter(one -> one.stage() != Stage.DROPPED)
        .toList();
  }

  /** The one with that number, whatever became of it. */
  public Optional<Convention> find(long id) {
    return store.find(id).map(this::expired);
  }

  /**
   * Learns {@code rule} from a correction; the same correction twice is one candidate. Where too
   * many are kept already, or there is no sentence, nothing is learnt.
   *
   * @param key what tells the correction from every other
   * @param commit the commit that served it
   */
  public Optional<Convention> learn(
      RepositoryName repository,
      String rule,
      Person by,
      URI source,
      String key,
      Optional<String> commit) {
    String sentence = sentence(rule);
    if (sentence.isEmpty() || living(Optional.of(repository)).size() >= MOST_KEPT) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    return Optional.of(
        store.keep(
            new Convention(
                0, repository, sentence, Stage.CANDIDATE, by, source, key, commit, now, now, "")));
  }

  /** A second correction says the same: a candidate is confirmed by it, unless it is its own. */
  public void heardAgain(RepositoryName repository, long id, Person by, String key) {
    change(
        repository,
        id,
        one ->
            one.key().equals(key)
                ? one
                : one.stage() == Stage.CANDIDATE
                    ? one.as(Stage.CONFIRMED, "said again by " + by.login(), clock.instant())
                    : one.used(clock.instant()));
  }

  /** A correction says otherwise: it holds no more. */
  public void contradicted(RepositoryName repository, long id, Person by, String key) {
    change(
        repository,
        id,
        one ->
            one.key().equals(key)
                ? one
                : one.as(Stage.DROPPED, "contradicted by " + by.login(), clock.instant()));
  }

  /** A job went by them. */
  public void used(RepositoryName repository, Collection<Long> ids) {
    ids.forEach(id ->
        change(
            repository,
            id,
            one -> one.stage() == Stage.CONFIRMED ? one.used(clock.instant()) : one));
  }

  /** {@code who} confirms it: from now on jobs are told of it. */
  public Optional<Convention> confirm(long id, String who) {
    return change(id, one -> one.as(Stage.CONFIRMED, "confirmed by " + who, clock.instant()));
  }

  /** {@code who} wants it forgotten. */
  public Optional<Convention> forget(long id, String who) {
    return change(id, one -> one.as(Stage.DROPPED, "forgotten by " + who, clock.instant()));
  }

  /** {@code who} says it better; that confirms it, too. Words that say nothing change nothing. */
  public Optional<Convention> edit(long id, String rule, String who) {
    String sentence = sentence(rule);
    return change(
        id,
        one ->
            sentence.isEmpty()
                ? one
                : one.saying(sentence, clock.instant())
                    .as(Stage.CONFIRMED, "written by " + who, clock.instant()));
  }

  private void change(RepositoryName repository, long id, UnaryOperator<Convention> verb) {
    boolean known =
        find(id)
            .filter(one -> one.repository().equals(repository))
            .filter(one -> one.stage() != Stage.DROPPED)
            .isPresent();
    if (known) {
      change(id, verb);
    }
  }

  /** Somebody else may write it between our reading and our writing: then we read again. */
  private Optional<Convention> change(long id, UnaryOperator<Convention> verb) {
    while (true) {
      Optional<Convention> before = store.find(id);
      if (before.isEmpty()) {
        return before;
      }
      Convention after = verb.apply(before.get());
      if (after.equals(before.get()) || store.replace(before.get(), after)) {
        return Optional.of(after);
      }
    }
  }

  private Convention expired(Convention one) {
    Instant now = clock.instant();
    return switch (one.stage()) {
      case CANDIDATE ->
          one.usedAt().plus(CANDIDATE).isBefore(now)
              ? one.as(Stage.DROPPED, "never confirmed", now)
              : one;
      case CONFIRMED ->
          one.usedAt().plus(UNUSED).isBefore(now)
              ? one.as(Stage.DROPPED, "not used for long", now)
              : one;
      case DROPPED -> one;
    };
  }

  private String sentence(String rule) {
    String line = PlainText.line(redactor.text(rule)).strip();
    return line.length() <= Convention.LONGEST ? line : line.substring(0, Convention.LONGEST);
  }
}
