package dev.knight.intake;

import dev.knight.github.GitHub;
import dev.knight.github.Issue;
import dev.knight.github.Repository;
import dev.knight.job.HandRequests;
import dev.knight.job.IssueUrl;
import dev.knight.job.Job;
import dev.knight.job.JobStore;
import dev.knight.job.Mention;
import dev.knight.job.Mention.Source;
import dev.knight.job.RefusedException;
import dev.knight.job.RepositoryName;
import dev.knight.job.RequestKey;
import dev.knight.job.Subject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Requests that the operator makes by hand: {@code knight enqueue} and {@code knight run}. */
public final class HandRequest implements HandRequests {
  /** The operator's word, so that the issue's own words remain those of whoever wrote them. */
  private static final String AS_IT_SAYS = "Please do what the issue asks for.";

  private final GitHub github;
  private final JobStore store;
  private final String host;
  private final List<RepositoryName> repositories;
  private final Supplier<UUID> names;
  private final InstantSource clock;

  /**
   * Takes requests for the configured repositories.
   *
   * @param host the host that GitHub's pages are on ({@link
   *     dev.knight.github.GitHubSettings#webAuthority})
   * @param repositories the only ones that are ever touched
   * @param names what makes one request differ from another
   */
  public HandRequest(
      GitHub github,
      JobStore store,
      String host,
      List<RepositoryName> repositories,
      Supplier<UUID> names,
      InstantSource clock) {
    this.github = github;
    this.store = store;
    this.host = host;
    this.repositories = List.copyOf(repositories);
    this.names = names;
    this.clock = clock;
  }

  /**
   * Queues a job for an issue, or adds to the one that is active.
   *
   * @param text what is wanted; what the issue asks for if it is not said
   * @param key what makes it happen once
   * @throws RefusedException when the address is not an issue that knight may work on
   * @throws dev.knight.job.UnavailableException when GitHub cannot be asked now
   */
  @Override
  public Job enqueue(IssueUrl url, Optional<String> text, Optional<RequestKey> key) {
    return key.flatMap(it -> store.accepted(it, clock.instant()))
        .orElseGet(() -> enqueued(url, text, key));
  }

  private Job enqueued(IssueUrl url, Optional<String> text, Optional<RequestKey> key) {
    if (!url.host().equalsIgnoreCase(host)) {
      throw new RefusedException(
          "The issue is on %s, but this knight serves %s.".formatted(url.host(), host));
    }
    Subject subject = new Subject(configured(url.subject().repository()), url.subject().number());
    refuseReadOnly(subject.repository());
    Issue issue =
        github
            .issue(subject)
            .orElseThrow(
                () -> new RefusedException("GitHub knows no issue %s.".formatted(subject)));
    Mention mention = mention(issue, text.orElse(AS_IT_SAYS));
    Instant now = clock.instant();
    return key.map(it -> store.accept(mention, it, now))
        .orElseGet(() -> store.accept(mention, now));
  }

  /** The name as the configuration spells it. */
  private RepositoryName configured(RepositoryName asked) {
    return repositories.stream()
        .filter(asked::equals)
        .findFirst()
        .orElseThrow(() ->
            new RefusedException(
                "knight does not serve %s; add it to knight.github.repositories."
                    .formatted(asked)));
  }

  private void refuseReadOnly(RepositoryName name) {
    Repository repository =
        github
            .repository(name)
            .orElseThrow(() ->
                new RefusedException(
                    "GitHub does not show %s to knight's token, or it does not exist."
                        .formatted(name)));
    if (repository.archived()) {
      throw new RefusedException("%s is archived, so nobody can change it.".formatted(name));
    }
  }

  private Mention mention(Issue issue, String text) {
    return new Mention(
        "hand:" + names.get(),
        issue.subject(),
        Source.COMMAND,
        issue.subject().number(),
        github.me().person(),
        issue.title(),
        text,
        issue.link(),
        issue.updatedAt(),
        issue.author().map(by -> new Mention.Report(by.person(), issue.body())));
  }
}
