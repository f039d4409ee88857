package dev.knight.rehearsal;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;

/** What happens to pull requests: opened, pushed to, merged. */
final class Pulls {
  private static final Pattern CLOSING =
      Pattern.compile(
          "\\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\\s+#(\\d{1,9})\\b",
          Pattern.CASE_INSENSITIVE);

  private final Register register;
  private final Conversations conversations;

  Pulls(Register register, Conversations conversations) {
    this.register = register;
    this.conversations = conversations;
  }

  /** Opens a pull request of two branches that exist. */
  Issue open(HostedRepository repository, Account author, Request request) throws IOException {
    ObjectId head = repository.git().head(request.head()).orElseThrow();
    Issue issue = conversations.open(repository, author, request.title(), request.body());
    Pull pull =
        new Pull(
            register.nextId(),
            request.head(),
            head.name(),
            request.base(),
            request.draft(),
            Optional.empty(),
            Optional.empty());
    Issue opened = issue.with(pull, issue.createdAt());
    repository.keep(opened);
    repository.git().point("refs/pull/" + issue.number() + "/head", head);
    return opened;
  }

  /** What is asked for when a pull request is opened. */
  record Request(String title, String body, String head, String base, boolean draft) {}

  /** Brings the open pull requests of a branch up to what was just pushed to it. */
  void pushed(HostedRepository repository, String branch) throws IOException {
    Instant now = register.now();
    repository.pushed(now);
    Optional<RevCommit> head = repository.git().head(branch);
    head.ifPresent(commit -> repository.actions().pushed(branch, commit));
    for (Issue issue : ofBranch(repository, branch)) {
      Pull pull = issue.pull().orElseThrow();
      if (head.isEmpty()) {
        repository.keep(issue.closed("completed", now));
      } else if (!head.get().name().equals(pull.headCommit())) {
        repository.keep(issue.with(pull.pushed(head.get().name()), now));
        repository.git().point("refs/pull/" + issue.number() + "/head", head.get());
      }
    }
  }

  /**
   * Merges as a person would with the green button, and closes what the body says it closes.
   *
   * @throws IllegalStateException if the branches conflict
   */
  Issue merge(HostedRepository repository, Issue issue, Account author) throws IOException {
    Pull pull = issue.pull().orElseThrow();
    RevCommit base = repository.git().head(pull.base()).orElseThrow();
    RevCommit head = repository.git().commit(ObjectId.fromString(pull.headCommit()));
    ObjectId tree =
        Change.merged(repository.git().jgit(), base, head)
            .orElseThrow(() -> new IllegalStateException("The branches conflict"));
    Instant now = register.now();
    String message = "Merge pull request #%d\n\n%s".formatted(issue.number(), issue.title());
    String commit =
        repository.git().merge(pull.base(), author, message, tree, List.of(base, head), now);
    Issue merged = issue.closed("completed", now).with(pull.merged(commit, now), now);
    repository.keep(merged);
    closeMentioned(repository, issue.body());
    return merged;
  }

  private void closeMentioned(HostedRepository repository, String body) {
    Matcher closing = CLOSING.matcher(body);
    while (closing.find()) {
      repository
          .issue(Long.parseLong(closing.group(1)))
          .filter(Issue::open)
          .ifPresent(issue -> conversations.close(repository, issue, "completed"));
    }
  }

  private static List<Issue> ofBranch(HostedRepository repository, String branch) {
    return repository.issues().stream()
        .filter(Issue::open)
        .filter(issue -> issue.pull().filter(pull -> pull.head().equals(branch)).isPresent())
        .toList();
  }
}
