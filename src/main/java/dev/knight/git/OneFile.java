package dev.knight.git;

import java.io.IOException;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;

/** A tree with one plain file written anew, made in memory. */
final class OneFile {
  private OneFile() {}

  /** The tree {@code before} with {@code content} at {@code path}. */
  static ObjectId write(Repository git, ObjectId before, String path, byte[] content)
      throws IOException {
    try (ObjectReader reader = git.newObjectReader();
        ObjectInserter inserter = git.newObjectInserter()) {
      DirCache files = BaseTree.read(reader, before).files();
      ObjectId blob = inserter.insert(Constants.OBJ_BLOB, content);
      DirCacheEditor editor = files.editor();
      editor.add(
          new DirCacheEditor.PathEdit(path) {
            @Override
            public void apply(DirCacheEntry entry) {
              if (!entry.getFileMode().equals(FileMode.EXECUTABLE_FILE)) {
                entry.setFileMode(FileMode.REGULAR_FILE);
              }
              entry.setObjectId(blob);
            }
          });
      editor.finish();
      ObjectId tree = files.writeTree(inserter);
      inserter.flush();
      return tree;
    }
  }
}
