package dev.knight.publish;

import dev.knight.git.Author;
import dev.knight.git.BranchName;
import dev.knight.git.Commit;
import dev.knight.git.Draft;
import dev.knight.git.Mirror;
import dev.knight.git.Mirrors;
import dev.knight.git.Push;
import dev.knight.github.Account;
import dev.knight.github.GitHub;
import dev.knight.github.NewPullRequest;
import dev.knight.github.Opening;
import dev.knight.github.PullRequest;
import dev.knight.github.Repository;
import dev.knight.job.Convention;
import dev.knight.job.ConventionProposals;
import dev.knight.job.RefusedException;
import dev.knight.job.RepositoryName;
import dev.knight.memory.AgentsFile;
import dev.knight.memory.Memory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes conventions into {@code AGENTS.md} by a pull request. Its branch is named by what it says,
 * so that asking twice opens one.
 */
public final class ConventionProposal implements ConventionProposals {
  private static final String FILE = "AGENTS.md";
  private static final String MESSAGE = "Write down what reviews have settled";
  private static final int LONGEST = 256 * 1024;
  private static final int SHORT = 10;

  private final GitHub github;
  private final Mirrors mirrors;
  private final Memory memory;
  private final OutgoingText outgoing;
  private final List<RepositoryName> repositories;

  /**
   * Everything that is shown goes through {@code outgoing}.
   *
   * @param repositories the only ones that are ever touched
   */
  public ConventionProposal(
      GitHub github,
      Mirrors mirrors,
      Memory memory,
      OutgoingText outgoing,
      List<RepositoryName> repositories) {
    this.github = github;
    this.mirrors = mirrors;
    this.memory = memory;
    this.outgoing = outgoing;
    this.repositories = List.copyOf(repositories);
  }

  @Override
  public URI propose(RepositoryName name) {
    if (!repositories.contains(name)) {
      throw new RefusedException(
          "knight does not serve %s; add it to knight.github.repositories.".formatted(name));
    }
    List<Convention> confirmed = memory.confirmed(name);
    if (confirmed.isEmpty()) {
      throw new RefusedException("Nothing is confirmed for %s yet.".formatted(name));
    }
    Repository repository =
        github
            .repository(name)
            .orElseThrow(() ->
                new RefusedException("GitHub does not show %s to knight's token.".formatted(name)));
    Mirror mirror = mirrors.mirror(name, repository.cloneUrl());
    mirror.fetch();
    BranchName base = new BranchName(repository.defaultBranch());
    Commit head =
        mirror
            .branchHead(base)
            .orElseThrow(() -> new RefusedException("%s is empty.".formatted(name)));
    String before = text(mirror, head);
    String after = AgentsFile.with(before, confirmed);
    if (after.equals(before)) {
      throw new RefusedException("%s says all of it already.".formatted(FILE));
    }
    BranchName branch = branch(after);
    push(mirror, head, branch, after);
    return open(name, confirmed, base, branch).link();
  }

  private static String text(Mirror mirror, Commit head) {
    Optional<byte[]> file = mirror.file(head, FILE, LONGEST);
    return file.map(bytes -> new String(bytes, StandardCharsets.UTF_8)).orElse("");
  }

  private static BranchName branch(String text) {
    return new BranchName("knight/conventions-" + Marker.digest(text).substring(0, SHORT));
  }

  /** Whose branch it is says its name: what lies there already is the same. */
  private void push(Mirror mirror, Commit head, BranchName branch, String text) {
    if (mirror.branchHead(branch).isPresent()) {
      return;
    }
    Account me = github.me();
    Author author =
        new Author(me.login(), me.id() + "+" + me.login() + "@users.noreply.github.com");
    Draft draft = new Draft(head, branch, author, Instant.EPOCH, MESSAGE + "\n");
    Commit commit = mirror.commit(FILE, text.getBytes(StandardCharsets.UTF_8), draft);
    switch (mirror.push(commit, branch)) {
      case Push.Pushed _, Push.AlreadyThere _ -> {}
      case Push.Moved _ ->
          throw new RefusedException(
              "The branch %s is there, and it is not mine.".formatted(branch.value()));
    }
  }

  private PullRequest open(
      RepositoryName name, List<Convention> confirmed, BranchName base, BranchName branch) {
    NewPullRequest wanted =
        new NewPullRequest(MESSAGE, body(confirmed), branch.value(), base.value(), false);
    return switch (github.open(name, wanted)) {
      case Opening.Created(PullRequest created) -> created;
      case Opening.Adopted(PullRequest there) -> there;
      case Opening.NothingToMerge() ->
          throw new RefusedException("%s says all of it already.".formatted(FILE));
    };
  }

  private String body(List<Convention> confirmed) {
    return confirmed.stream()
        .map(one ->
            "- %s\n  (%s, %s)"
                .formatted(
                    outgoing.line(one.rule(), Convention.LONGEST),
                    one.source(),
                    outgoing.line(one.note(), Convention.LONGEST)))
        .collect(
            Collectors.joining(
                "\n",
                "What people said in reviews, and confirmed. Agents that read this file go by it.\n\n",
                "\n"));
  }
}
