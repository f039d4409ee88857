package dev.knight.rehearsal;

import dev.knight.job.Subject;
import java.time.Instant;
import java.util.Optional;

/** What people and programs do in issues: write, edit, delete, react. */
final class Conversations {
  private final Register register;

  Conversations(Register register) {
    this.register = register;
  }

  Issue open(HostedRepository repository, Account author, String title, String body) {
    Instant now = register.now();
    Issue issue =
        new Issue(
            register.nextId(),
            repository.nextNumber(),
            author,
            title,
            body,
            true,
            Optional.empty(),
            false,
            now,
            now,
            Optional.empty(),
            Optional.empty());
    repository.keep(issue);
    register.told(subject(repository, issue.number()), 0, author, Optional.empty(), body);
    return issue;
  }

  Issue edit(HostedRepository repository, Issue issue, String title, String body) {
    Issue edited = issue.edited(title, body, register.now());
    repository.keep(edited);
    register.told(
        subject(repository, issue.number()), 0, issue.author(), Optional.of(issue.body()), body);
    return edited;
  }

  Issue close(HostedRepository repository, Issue issue, String reason) {
    Issue closed = issue.closed(reason, register.now());
    repository.keep(closed);
    return closed;
  }

  Issue reopen(HostedRepository repository, Issue issue) {
    Issue reopened = issue.reopened(register.now());
    repository.keep(reopened);
    return reopened;
  }

  Comment comment(HostedRepository repository, Issue issue, Account author, String body) {
    return keep(repository, issue, author, body, Optional.empty());
  }

  Comment reviewComment(
      HostedRepository repository, Issue issue, Account author, String body, Comment.Line line) {
    return keep(repository, issue, author, body, Optional.of(line));
  }

  /** An answer in the thread that {@code first} begins, in a review of its own as on GitHub. */
  Comment answer(
      HostedRepository repository, Issue issue, Account author, Comment first, String body) {
    Comment.Line line = first.line().orElseThrow();
    Review review = review(repository, issue, author, Review.Opinion.COMMENTED, "");
    Comment.Line place =
        new Comment.Line(
            line.path(), line.line(), line.commit(), review.id(), Optional.of(first.id()));
    return reviewComment(repository, issue, author, body, place);
  }

  Comment edit(HostedRepository repository, Comment comment, String body) {
    Comment edited = comment.edited(body, register.now());
    repository.keep(edited);
    Subject subject = subject(repository, comment.number());
    register.told(subject, comment.id(), comment.author(), Optional.of(comment.body()), body);
    return edited;
  }

  void delete(HostedRepository repository, Comment comment) {
    repository.forget(comment);
    repository.issue(comment.number()).ifPresent(issue -> touch(repository, issue));
  }

  Review review(
      HostedRepository repository,
      Issue issue,
      Account author,
      Review.Opinion opinion,
      String body) {
    String commit = issue.pull().map(Pull::headCommit).orElse("");
    Review review =
        new Review(
            register.nextId(), issue.number(), author, opinion, body, commit, register.now());
    repository.keep(review);
    touch(repository, issue);
    register.told(subject(repository, issue.number()), review.id(), author, Optional.empty(), body);
    return review;
  }

  /** The account's reaction, which is made only if it is not there yet. */
  Reaction react(
      HostedRepository repository, Reaction.Target target, Account author, String content) {
    Optional<Reaction> there =
        repository.reactions(target).stream()
            .filter(reaction -> reaction.author().id() == author.id())
            .filter(reaction -> reaction.content().equals(content))
            .findFirst();
    return there.orElseGet(() -> {
      Reaction reaction = new Reaction(register.nextId(), author, content, register.now());
      repository.keep(target, reaction);
      return reaction;
    });
  }

  private Comment keep(
      HostedRepository repository,
      Issue issue,
      Account author,
      String body,
      Optional<Comment.Line> line) {
    Instant now = register.now();
    Comment comment = new Comment(register.nextId(), issue.number(), author, body, now, now, line);
    repository.keep(comment);
    touch(repository, issue);
    register.told(
        subject(repository, issue.number()), comment.id(), author, Optional.empty(), body);
    return comment;
  }

  private void touch(HostedRepository repository, Issue issue) {
    repository.keep(issue.touched(register.now()));
  }

  private static Subject subject(HostedRepository repository, long number) {
    return new Subject(repository.name(), number);
  }
}
