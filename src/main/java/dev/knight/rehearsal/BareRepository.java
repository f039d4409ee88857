package dev.knight.rehearsal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;

/** A real bare git repository on disk, with the few things that the stand-in does to it. */
final class BareRepository implements AutoCloseable {
  private final Repository jgit;
  private final String defaultBranch;

  private BareRepository(Repository jgit, String defaultBranch) {
    this.jgit = jgit;
    this.defaultBranch = defaultBranch;
  }

  /** Makes an empty repository in a directory that does not exist yet. */
  static BareRepository create(Path directory, String defaultBranch) throws IOException {
    Repository jgit = new FileRepositoryBuilder().setGitDir(directory.toFile()).setBare().build();
    jgit.create(true);
    jgit.updateRef(Constants.HEAD).link(Constants.R_HEADS + defaultBranch);
    return new BareRepository(jgit, defaultBranch);
  }

  Repository jgit() {
    return jgit;
  }

  /** The branch that HEAD names. */
  String defaultBranch() {
    return defaultBranch;
  }

  /** The names of all branches, in order. */
  List<String> branches() throws IOException {
    List<String> names = new ArrayList<>();
    for (Ref ref : jgit.getRefDatabase().getRefsByPrefix(Constants.R_HEADS)) {
      names.add(ref.getName().substring(Constants.R_HEADS.length()));
    }
    return names;
  }

  /** The commit at a branch's head. */
  Optional<RevCommit> head(String branch) throws IOException {
    Ref ref = jgit.exactRef(Constants.R_HEADS + branch);
    ObjectId head = ref == null ? null : ref.getObjectId();
    return head == null ? Optional.empty() : Optional.of(commit(head));
  }

  /** A commit with its message and tree. */
  RevCommit commit(ObjectId id) throws IOException {
    try (RevWalk walk = new RevWalk(jgit)) {
      return walk.parseCommit(id);
    }
  }

  /** Whether there is a commit of that hash. */
  boolean has(String commit) throws IOException {
    return ObjectId.isId(commit) && jgit.getObjectDatabase().has(ObjectId.fromString(commit));
  }

  /** A file's text at a branch's head. */
  Optional<String> file(String branch, String path) throws IOException {
    Optional<RevCommit> head = head(branch);
    return head.isEmpty() ? Optional.empty() : file(head.get(), path);
  }

  /** A file's text at a commit. */
  Optional<String> file(ObjectId commit, String path) throws IOException {
    try (TreeWalk walk = TreeWalk.forPath(jgit, path, commit(commit).getTree())) {
      return walk == null
          ? Optional.empty()
          : Optional.of(
              new String(jgit.open(walk.getObjectId(0)).getCachedBytes(), StandardCharsets.UTF_8));
    }
  }

  /** The paths of all files at a branch's head. */
  List<String> paths(String branch) throws IOException {
    List<String> paths = new ArrayList<>();
    Optional<RevCommit> head = head(branch);
    if (head.isPresent()) {
      try (TreeWalk walk = new TreeWalk(jgit)) {
        walk.setRecursive(true);
        walk.addTree(head.get().getTree());
        while (walk.next()) {
          paths.add(walk.getPathString());
        }
      }
    }
    return paths;
  }

  /** What {@code branch} changes against the default branch, as a unified diff. */
  String diff(String branch) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (DiffFormatter formatter = new DiffFormatter(text)) {
      formatter.setRepository(jgit);
      formatter.format(head(defaultBranch).orElseThrow(), head(branch).orElseThrow());
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  /**
   * Adds or replaces files on a branch in one commit; a branch that is missing is made from the
   * default one.
   */
  String commit(
      String branch, Account author, String message, Map<String, byte[]> files, Instant at)
      throws IOException {
    Optional<RevCommit> own = head(branch);
    Optional<RevCommit> parent = own.isPresent() ? own : head(defaultBranch);
    try (ObjectInserter inserter = jgit.newObjectInserter()) {
      DirCache index = index(parent.map(RevCommit::getTree));
      DirCacheEditor editor = index.editor();
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        ObjectId blob = inserter.insert(Constants.OBJ_BLOB, file.getValue());
        editor.add(edit(file.getKey(), mode(file.getValue()), blob));
      }
      editor.finish();
      ObjectId tree = index.writeTree(inserter);
      ObjectId commit =
          inserter.insert(
              commit(author, message, tree, parent.map(List::of).orElse(List.of()), at));
      inserter.flush();
      point(Constants.R_HEADS + branch, commit);
      return commit.name();
    }
  }

  /** Records a merge of two commits on a branch, with the tree that a merge gave. */
  String merge(
      String branch,
      Account author,
      String message,
      ObjectId tree,
      List<RevCommit> parents,
      Instant at)
      throws IOException {
    try (ObjectInserter inserter = jgit.newObjectInserter()) {
      ObjectId commit = inserter.insert(commit(author, message, tree, parents, at));
      inserter.flush();
      point(Constants.R_HEADS + branch, commit);
      return commit.name();
    }
  }

  /** Makes a reference name a commit, whatever it named before. */
  void point(String reference, ObjectId commit) throws IOException {
    RefUpdate update = jgit.updateRef(reference);
    update.setNewObjectId(commit);
    update.forceUpdate();
  }

  private DirCache index(Optional<RevTree> tree) throws IOException {
    DirCache index = DirCache.newInCore();
    DirCacheBuilder builder = index.builder();
    if (tree.isPresent()) {
      builder.addTree(new byte[0], 0, jgit.newObjectReader(), tree.get());
    }
    builder.finish();
    return index;
  }

  private static DirCacheEditor.PathEdit edit(String path, FileMode mode, ObjectId blob) {
    return new DirCacheEditor.PathEdit(path) {
      @Override
      public void apply(DirCacheEntry entry) {
        entry.setFileMode(mode);
        entry.setObjectId(blob);
      }
    };
  }

  /** A script can be run where it is checked out. */
  private static FileMode mode(byte[] content) {
    boolean script = content.length > 2 && content[0] == '#' && content[1] == '!';
    return script ? FileMode.EXECUTABLE_FILE : FileMode.REGULAR_FILE;
  }

  private static CommitBuilder commit(
      Account author, String message, ObjectId tree, List<RevCommit> parents, Instant at) {
    PersonIdent person =
        new PersonIdent(author.login(), author.login() + "@example.org", at, ZoneOffset.UTC);
    CommitBuilder commit = new CommitBuilder();
    commit.setAuthor(person);
    commit.setCommitter(person);
    commit.setMessage(message);
    commit.setTreeId(tree);
    commit.setParentIds(parents);
    return commit;
  }

  @Override
  public void close() {
    jgit.close();
  }
}
