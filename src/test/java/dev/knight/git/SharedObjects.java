package dev.knight.git;

import dev.knight.home.KnightHome;
import dev.knight.job.RepositoryName;
import dev.knight.overlay.Overlays;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Real mirrors whose other side is a map of branches: its objects lie in the mirror already, so
 * that a fetch and a push cost next to nothing.
 */
public final class SharedObjects {
  private static final String ORIGIN = "refs/remotes/origin/";
  private static final GitLimits LIMITS =
      new GitLimits(Duration.ofSeconds(20), Duration.ofMinutes(2), 1 << 20, 4 << 20, 100, 10_000);

  private final KnightHome home;
  private final Function<RepositoryName, Map<String, String>> branches;

  /** {@code branches} is each repository's on the other side, with their commits. */
  public SharedObjects(KnightHome home, Function<RepositoryName, Map<String, String>> branches) {
    OwnSystem.install();
    this.home = home;
    this.branches = branches;
  }

  /** The way to the other side, on which things get lost. */
  public interface Wire {
    /** Makes {@code call}, or fails before or after it. */
    <T> T through(String call, Supplier<T> made);
  }

  /** The mirrors, from which the other side is reached over {@code wire}. */
  public Mirrors mirrors(Wire wire) {
    return new Mirrors(
        home,
        LIMITS,
        (repository, _) -> new Other(branches.apply(repository), wire),
        new Overlays(home, false));
  }

  /** Commits {@code files} to {@code branch} on the other side, as a person would. */
  public void commit(RepositoryName repository, String branch, Map<String, String> files) {
    Map<String, String> there = branches.apply(repository);
    try (BareRepository mirror = BareRepository.at(home, home.mirror(repository));
        ObjectInserter inserter = mirror.git().newObjectInserter()) {
      CommitBuilder commit = new CommitBuilder();
      commit.setTreeId(tree(inserter, files));
      if (there.containsKey(branch)) {
        commit.setParentId(ObjectId.fromString(there.get(branch)));
      }
      PersonIdent ada = new PersonIdent("Ada", "ada@example.org", Instant.EPOCH, ZoneOffset.UTC);
      commit.setAuthor(ada);
      commit.setCommitter(ada);
      commit.setMessage("Change\n");
      there.put(branch, inserter.insert(commit).name());
      inserter.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectId tree(ObjectInserter inserter, Map<String, String> files)
      throws IOException {
    DirCache cache = DirCache.newInCore();
    DirCacheBuilder entries = cache.builder();
    for (Map.Entry<String, String> file : new TreeMap<>(files).entrySet()) {
      DirCacheEntry entry = new DirCacheEntry(file.getKey());
      entry.setFileMode(FileMode.REGULAR_FILE);
      entry.setObjectId(
          inserter.insert(Constants.OBJ_BLOB, file.getValue().getBytes(StandardCharsets.UTF_8)));
      entries.add(entry);
    }
    entries.finish();
    return cache.writeTree(inserter);
  }

  /** What {@code commit} of {@code repository} holds, by path. */
  public Map<String, String> files(RepositoryName repository, String commit) {
    Map<String, String> files = new TreeMap<>();
    try (BareRepository mirror = BareRepository.at(home, home.mirror(repository));
        TreeWalk walk = new TreeWalk(mirror.git())) {
      walk.addTree(mirror.tree(new Commit(commit)));
      walk.setRecursive(true);
      while (walk.next()) {
        byte[] bytes = walk.getObjectReader().open(walk.getObjectId(0)).getBytes();
        files.put(walk.getPathString(), new String(bytes, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  /** Removes {@code directory} with all that is in it. */
  public static void remove(Path directory) {
    try {
      Removal.of(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The branches of the other side. */
  private record Other(Map<String, String> branches, Wire wire) implements Remote {
    @Override
    public void fetch(Repository git) {
      wire.through(
          "git.fetch",
          () ->
              DiskWork.run(
                  "fetch",
                  () -> {
                    fetchInto(new BareRepository(git, new ReentrantLock()));
                    return true;
                  }));
    }

    @Override
    public void fetchPull(Repository git, long number, String reference) {
      throw new UnsupportedOperationException("Nobody reviews a pull request here");
    }

    @SuppressWarnings("resource") // The mirror's owner closes it.
    private void fetchInto(BareRepository mirror) throws IOException {
      for (Ref ref : mirror.git().getRefDatabase().getRefsByPrefix(ORIGIN)) {
        if (!branches.containsKey(ref.getName().substring(ORIGIN.length()))) {
          mirror.forget(ref.getName());
        }
      }
      for (Map.Entry<String, String> branch : branches.entrySet()) {
        Commit there = new Commit(branch.getValue());
        if (!mirror.at(ORIGIN + branch.getKey()).equals(Optional.of(there))) {
          mirror.point(ORIGIN + branch.getKey(), there.objectId());
        }
      }
    }

    @Override
    public Push push(Repository git, Commit commit, BranchName branch) {
      return wire.through(
          "git.push", () -> DiskWork.run("push", () -> pushed(git, commit, branch)));
    }

    private Push pushed(Repository git, Commit commit, BranchName branch) throws IOException {
      String there = branches.get(branch.value());
      if (commit.id().equals(there)) {
        return new Push.AlreadyThere(commit);
      }
      if (there != null && !follows(git, commit, there)) {
        return new Push.Moved(new Commit(there));
      }
      branches.put(branch.value(), commit.id());
      return new Push.Pushed(commit);
    }

    private static boolean follows(Repository git, Commit commit, String there) throws IOException {
      try (RevWalk walk = new RevWalk(git)) {
        return walk.isMergedInto(
            walk.parseCommit(ObjectId.fromString(there)), walk.parseCommit(commit.objectId()));
      }
    }
  }
}
