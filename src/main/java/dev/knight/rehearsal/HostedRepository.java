package dev.knight.rehearsal;

import dev.knight.job.RepositoryName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private final Register register;
  private final Instant createdAt;
  private final Map<String, Permission> permissions = new HashMap<>();
  private final Shelf<Issue> issues = new Shelf<>();
  private final Set<Long> deleted = new HashSet<>();
  private final Shelf<Comment> comments = new Shelf<>();
  private final Set<Long> resolved = new HashSet<>();
  private final TreeMap<Long, Review> reviews = new TreeMap<>();
  private final Map<Reaction.Target, List<Reaction>> reactions = new HashMap<>();
  private final Map<Long, Set<String>> labels = new HashMap<>();
  private final Set<String> knownLabels = new TreeSet<>();
  private final Map<Long, List<Account>> reviewers = new HashMap<>();
  private final Actions actions;
  private Instant pushedAt;
  private boolean archived;
  private boolean hidden;

  HostedRepository(
      long id, RepositoryName name, Account owner, BareRepository git, Register register) {
    this.id = id;
    this.name = name;
    this.owner = owner;
    this.git = git;
    this.register = register;
    this.actions = new Actions(git, register);
    this.createdAt = register.now();
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

  /** What checks its commits. */
  Actions actions() {
    return actions;
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

  /** Whether {@code account} owns it or was given a permission. */
  boolean isShared(Account account) {
    return account.id() == owner.id()
        || permissions.containsKey(account.login().toLowerCase(Locale.ROOT));
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
    return issues.highest() + 1;
  }

  List<Issue> issues() {
    return issues.all();
  }

  /** The issues as lists show them, which may be behind. */
  List<Issue> listedIssues() {
    return issues.at(register.listedUntil());
  }

  Optional<Issue> issue(long number) {
    return issues.get(number);
  }

  boolean wasDeleted(long number) {
    return deleted.contains(number);
  }

  void delete(Issue issue) {
    issues.remove(issue.number(), register.instant());
    deleted.add(issue.number());
  }

  void keep(Issue issue) {
    issues.put(issue.number(), issue, register.instant());
  }

  List<Comment> comments() {
    return ofIssues(comments.all());
  }

  /** The comments as lists show them, which may be behind. */
  List<Comment> listedComments() {
    return ofIssues(comments.at(register.listedUntil()));
  }

  /** Those whose issue is still there. */
  private List<Comment> ofIssues(List<Comment> all) {
    return all.stream().filter(comment -> issue(comment.number()).isPresent()).toList();
  }

  Optional<Comment> comment(long commentId) {
    return comments.get(commentId).filter(comment -> issue(comment.number()).isPresent());
  }

  void keep(Comment comment) {
    comments.put(comment.id(), comment, register.instant());
  }

  void forget(Comment comment) {
    comments.remove(comment.id(), register.instant());
  }

  /** Whether the thread that the comment begins is settled. */
  boolean isResolved(long firstComment) {
    return resolved.contains(firstComment);
  }

  void resolve(long firstComment) {
    resolved.add(firstComment);
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

  /** The names of what issue {@code number} is labelled with. */
  Set<String> labels(long number) {
    return labels.getOrDefault(number, Set.of());
  }

  /** Whether there is such a label, whatever bears it; capitals do not tell two apart. */
  Optional<String> knownLabel(String name) {
    return knownLabels.stream().filter(name::equalsIgnoreCase).findFirst();
  }

  void addLabel(String name) {
    knownLabels.add(name);
  }

  /** Who is asked to review pull request {@code number}. */
  List<Account> reviewers(long number) {
    return List.copyOf(reviewers.getOrDefault(number, List.of()));
  }

  void askReview(long number, Account reviewer) {
    List<Account> asked = reviewers.computeIfAbsent(number, first -> new ArrayList<>());
    if (!asked.contains(reviewer)) {
      asked.add(reviewer);
    }
  }

  void label(long number, String name) {
    knownLabels.add(name);
    labels.computeIfAbsent(number, first -> new TreeSet<>()).add(name);
  }

  void forget(Reaction.Target target, Reaction reaction) {
    reactions.getOrDefault(target, new ArrayList<>()).remove(reaction);
  }
}
