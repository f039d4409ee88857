package dev.knight.attempt;

import dev.knight.github.Account;
import dev.knight.github.Comment;
import dev.knight.github.GitHub;
import dev.knight.github.Issue;
import dev.knight.github.Permission;
import dev.knight.job.Job;
import dev.knight.job.JobStore;
import dev.knight.job.Mention;
import dev.knight.job.Mention.Report;
import dev.knight.job.Person;
import dev.knight.job.RefusedException;
import dev.knight.job.RepositoryName;
import dev.knight.publish.Marker;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts together what the agent is told: the request, the issue's own text, and what people who may
 * write to the repository had said by then. What others said is left out.
 */
@Singleton
final class Briefs {
  /** The newest comments tell most, and a model reads no book. */
  private static final int MOST_COMMENTS = 30;

  private final GitHub github;
  private final JobStore store;

  Briefs(GitHub github, JobStore store) {
    this.github = github;
    this.store = store;
  }

  Brief of(Job job, List<Quoted> notes) {
    Mention request = store.mentions(job.id()).getFirst().mention();
    Issue issue =
        github
            .issue(job.subject())
            .orElseThrow(
                () -> new RefusedException("%s is not there any more.".formatted(job.subject())));
    Map<Person, Boolean> trusted = new HashMap<>();
    List<Quoted> context = new ArrayList<>();
    Optional<Report> report = request.report().or(() -> live(issue, request));
    report
        .filter(said -> !said.text().isBlank())
        .ifPresent(said -> {
          String role =
              mayWrite(job.subject().repository(), said.author(), trusted) ? "writer" : "reporter";
          context.add(new Quoted(said.author().login(), role, said.text()));
        });
    context.addAll(comments(job, request, trusted));
    return Brief.of(job.subject().repository(), request, context, notes).labelled(issue.labels());
  }

  /** A mention that an earlier version kept has no copy of its issue. */
  private static Optional<Report> live(Issue issue, Mention request) {
    return issue.nodeId().equals(request.nodeId())
        ? Optional.empty()
        : issue.author().map(by -> new Report(by.person(), issue.body()));
  }

  private List<Quoted> comments(Job job, Mention request, Map<Person, Boolean> trusted) {
    List<Comment> earlier =
        github.comments(job.subject(), Optional.empty()).stream()
            .filter(comment -> comment.createdAt().isBefore(request.at()))
            .filter(comment -> comment.updatedAt().compareTo(request.at()) <= 0)
            .filter(comment -> !comment.nodeId().equals(request.nodeId()))
            .filter(comment -> !Marker.isIn(comment.body()))
            .toList();
    List<Quoted> quoted = new ArrayList<>();
    for (Comment comment :
        earlier.subList(Math.max(0, earlier.size() - MOST_COMMENTS), earlier.size())) {
      Optional<Person> author = comment.author().filter(by -> !by.bot()).map(Account::person);
      if (author.isPresent() && mayWrite(job.subject().repository(), author.get(), trusted)) {
        quoted.add(new Quoted(author.get().login(), "writer", comment.body()));
      }
    }
    return quoted;
  }

  private boolean mayWrite(RepositoryName repository, Person person, Map<Person, Boolean> known) {
    return known.computeIfAbsent(
        person, who -> github.permission(repository, who).isAtLeast(Permission.WRITE));
  }
}
