package dev.knight.policy;

import dev.knight.git.Change;
import dev.knight.git.Change.Kind;
import dev.knight.git.Change.Mode;
import dev.knight.git.Snapshot;
import dev.knight.job.RefusedException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Says what of a change a person has to see before it is pushed. */
public final class Policy {
  private final PolicyLimits limits;
  private final SecretSearch secrets;

  /** Judges by the names and by what {@code secrets} finds. */
  public Policy(PolicyLimits limits, SecretSearch secrets) {
    this.limits = limits;
    this.secrets = secrets;
  }

  /**
   * Judges what {@code snapshot} changes, to the last byte. The same snapshot is judged the same
   * every time.
   *
   * @param protectedPaths the globs of the repository's own {@code .knight.yml}
   * @return what has to be seen, in the order of the paths; empty if it may be published
   * @throws RefusedException if one of these is not a glob
   */
  public List<Objection> judge(Snapshot snapshot, List<String> protectedPaths) {
    List<Glob> globs = protectedPaths.stream().map(Glob::of).toList();
    List<Change> changes = snapshot.changes();
    List<Objection> objections = new ArrayList<>(measured(snapshot));
    boolean listed =
        changes.stream().map(it -> Names.folded(it.path())).anyMatch(Places::isManifest);
    Set<String> alike = alike(snapshot);
    Contents contents = new Contents(snapshot, limits, secrets);
    for (Change change : changes) {
      objections.addAll(named(change, globs, listed, alike));
      objections.addAll(contents.judge(change));
    }
    return List.copyOf(objections);
  }

  /**
   * Judges how much a reviewer has to read: the lines of text that {@code snapshot} adds and
   * deletes, without those of lockfiles and of what programs write.
   *
   * @param most how many the repository wants at once
   */
  public Optional<Objection> size(Snapshot snapshot, int most) {
    long lines = snapshot.lines(path -> !Places.isWritten(Names.folded(path)));
    String why =
        "the change has %d lines to read, and this repository wants at most %d in one pull request (`size` in .knight.yml)"
            .formatted(lines, most);
    return lines <= most ? Optional.empty() : Optional.of(new Objection("", Rule.SIZE, why));
  }

  private List<Objection> measured(Snapshot snapshot) {
    long lines = snapshot.added() + snapshot.deleted();
    if (snapshot.changes().size() <= limits.files() && lines <= limits.lines()) {
      return List.of();
    }
    String why =
        "the change is more than a person can look through: %d files, %d lines"
            .formatted(snapshot.changes().size(), lines);
    return List.of(new Objection("", Rule.LARGE, why));
  }

  private static List<Objection> named(
      Change change, List<Glob> globs, boolean listed, Set<String> alike) {
    String path = change.path();
    String folded = Names.folded(path);
    List<Objection> objections = new ArrayList<>();
    Places.rule(folded).ifPresent(rule -> objections.add(new Objection(path, rule)));
    globs.stream()
        .filter(glob -> glob.matches(folded))
        .findFirst()
        .ifPresent(glob ->
            objections.add(
                new Objection(
                    path, Rule.PROTECTED, ".knight.yml protects it (`%s`)".formatted(glob))));
    if (change.after() == Mode.SUBMODULE || change.before() == Mode.SUBMODULE) {
      objections.add(new Objection(path, Rule.SUBMODULE));
    }
    if (change.kind() != Kind.DELETED && Places.isLockfile(folded) && !listed) {
      objections.add(new Objection(path, Rule.LOCKFILE));
    }
    if (change.kind() == Kind.ADDED && Names.isOdd(path)) {
      objections.add(new Objection(path, Rule.NAME));
    } else if (alike.contains(path)) {
      objections.add(
          new Objection(
              path, Rule.NAME, "some systems do not tell it from another file by its name"));
    }
    return objections;
  }

  /** What is new and has a name that is there already for a more lenient file system. */
  private static Set<String> alike(Snapshot snapshot) {
    Set<String> added =
        snapshot.changes().stream()
            .filter(change -> change.kind() == Kind.ADDED)
            .map(Change::path)
            .collect(Collectors.toSet());
    if (added.isEmpty()) {
      return Set.of();
    }
    Map<String, List<String>> alike = snapshot.alike(Names::folded);
    return alike.values().stream()
        .flatMap(Collection::stream)
        .filter((Predicate<String>) added::contains)
        .collect(Collectors.toSet());
  }
}
