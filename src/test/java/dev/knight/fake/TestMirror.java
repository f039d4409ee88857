package dev.knight.fake;

import dev.knight.git.Commit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** A mirror whose commits were made in it, so that nobody has to be asked for them. */
public final class TestMirror {
  private TestMirror() {}

  /** A commit in {@code mirror}, on its main branch, that holds {@code file} alone. */
  public static Commit commit(Path mirror, String file, String content) throws IOException {
    return commit(mirror, Map.of(file, content));
  }

  /** A commit in {@code mirror}, on its main branch, that holds {@code files}. */
  public static Commit commit(Path mirror, Map<String, String> files) throws IOException {
    try (Repository git = open(mirror);
        ObjectInserter inserter = git.newObjectInserter()) {
      DirCache tree = DirCache.newInCore();
      DirCacheBuilder entries = tree.builder();
      for (Map.Entry<String, String> file : files.entrySet()) {
        byte[] bytes = file.getValue().getBytes(StandardCharsets.UTF_8);
        DirCacheEntry entry = new DirCacheEntry(file.getKey());
        entry.setFileMode(FileMode.REGULAR_FILE);
        entry.setObjectId(inserter.insert(Constants.OBJ_BLOB, bytes));
        entries.add(entry);
      }
      entries.finish();
      PersonIdent ada = new PersonIdent("ada", "ada@example.org");
      CommitBuilder commit = new CommitBuilder();
      commit.setTreeId(tree.writeTree(inserter));
      commit.setAuthor(ada);
      commit.setCommitter(ada);
      commit.setMessage("Engine\n");
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      RefUpdate main = git.updateRef("refs/remotes/origin/main");
      main.setNewObjectId(id);
      main.forceUpdate();
      return new Commit(id.name());
    }
  }

  /** Where {@code branch} of {@code mirror} stands; empty text if it is not there. */
  public static String branch(Path mirror, String branch) throws IOException {
    try (Repository git = open(mirror)) {
      ObjectId id = git.resolve("refs/heads/" + branch);
      return id == null ? "" : id.name();
    }
  }

  /** Whether {@code ref} of {@code mirror} is there. */
  public static boolean hasRef(Path mirror, String ref) throws IOException {
    try (Repository git = open(mirror)) {
      return git.exactRef(ref) != null;
    }
  }

  private static Repository open(Path mirror) throws IOException {
    return new FileRepositoryBuilder().setGitDir(mirror.toFile()).setBare().build();
  }
}
