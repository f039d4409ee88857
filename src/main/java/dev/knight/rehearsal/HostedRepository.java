package dev.knight.rehearsal;

import dev.knight.job.RepositoryName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One repository with all that stands in it. Guarded by the {@link World} that it belongs to: every
 * use holds that lock.
 */
final class HostedRepository {
  private final long id;
  private RepositoryName name;
  private final Account owner;
  private final BareRepository git;
  private final Instant createdAt;
  private final Map<String, Permission> permissions = new HashMap<>();
  private final TreeMap<Long, Issue> issues = new TreeMap<>();
  private final TreeSet<Long> deleted = new TreeSet<>();
  private final TreeMap<Long, Comment> comments = new TreeMap<>();
  private final TreeMap<Long, Review> reviews = new TreeMap<>();
  private final Map<Reaction.Target, List<Reaction>> reactions = new HashMap<>();
  private Instant pushedAt;
  private boolean archived;
  private boolean hidden;

  HostedRepository(
      long id, RepositoryName name, Account owner, BareRepository git, Instant createdAt) {
    this.id = id;
    this.name = name;
    this.owner = owner;
    this.git = git;
    this.createdAt = createdAt;
    this.pushedAt = createdAt;
  }

  long id() {
    return id;
  }

  RepositoryName name() {
    return name;
  }

  void rename(RepositoryName newName) {
    name = newName;
  }

  Account owner() {
    return owner;
  }

  BareRepository git() {
    return git;
  }

  Instant createdAt() {
    return createdAt;
  }

  Instant pushedAt() {
    return pushedAt;
  }

  void pushed(Instant at) {
    pushedAt = at;
  }

  boolean archived() {
    return archived;
  }

  void archive(boolean nowArchived) {
    archived = nowArchived;
  }

  /** Whether it is private. */
  boolean hidden() {
    return hidden;
  }

  void hide(boolean nowHidden) {
    hidden = nowHidden;
  }

  /** The permission that was given; a public repository gives everybody {@code READ}. */
  Permission permission(Account account) {
    if (account.id() == owner.id()) {
      return Permission.ADMIN;
    }
    Permission floor = hidden ? Permission.NONE : Permission.READ;
    return permissions.getOrDefault(account.login().toLowerCase(Locale.ROOT), floor);
  }

  void permit(Account account, Permission permission) {
    permissions.put(account.login().toLowerCase(Locale.ROOT), permission);
  }

  /** How GitHub would call the author's relation to the repository. */
  String association(Account author) {
    if (author.id() == owner.id()) {
      return "OWNER";
    }
    return permissions.containsKey(author.login().toLowerCase(Locale.ROOT))
        ? "COLLABORATOR"
        : "NONE";
  }

  long nextNumber() {
    long last = issues.isEmpty() ? 0 : issues.lastKey();
    return Math.max(last, deleted.isEmpty() ? 0 : deleted.last()) + 1;
  }

  List<Issue> issues() {
    return List.copyOf(issues.values());
  }

  Optional<Issue> issue(long number) {
    return Optional.ofNullable(issues.get(number));
  }

  boolean wasDeleted(long number) {
    return deleted.contains(number);
  }

  void delete(Issue issue) {
    issues.remove(issue.number());
    deleted.add(issue.number());
  }

  void keep(Issue issue) {
    issues.put(issue.number(), issue);
  }

  List<Comment> comments() {
    return comments.values().stream()
        .filter(comment -> !deleted.contains(comment.number()))
        .toList();
  }

  Optional<Comment> comment(long commentId) {
    return Optional.ofNullable(comments.get(commentId))
        .filter(comment -> !deleted.contains(comment.number()));
  }

  void keep(Comment comment) {
    comments.put(comment.id(), comment);
  }

  void forget(Comment comment) {
    comments.remove(comment.id());
  }

  List<Review> reviews(long number) {
    return reviews.values().stream().filter(review -> review.number() == number).toList();
  }

  void keep(Review review) {
    reviews.put(review.id(), review);
  }

  List<Reaction> reactions(Reaction.Target target) {
    return List.copyOf(reactions.getOrDefault(target, List.of()));
  }

  void keep(Reaction.Target target, Reaction reaction) {
    reactions.computeIfAbsent(target, first -> new ArrayList<>()).add(reaction);
  }
}
