package dev.knight.git;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;

/** What the base has at each path. Paths are bytes from the top, with slashes. */
record BaseTree(DirCache files) {
  /** The tree {@code id}. */
  static BaseTree read(ObjectReader reader, ObjectId id) throws IOException {
    DirCache files = DirCache.newInCore();
    DirCacheBuilder builder = files.builder();
    builder.addTree(new byte[0], DirCacheEntry.STAGE_0, reader, id);
    builder.finish();
    return new BaseTree(files);
  }

  /** All of it. */
  List<DirCacheEntry> all() {
    return Arrays.asList(files.getEntriesWithin(""));
  }

  /** The file, link or submodule at {@code path}. */
  Optional<DirCacheEntry> at(byte[] path) {
    int found = files.findEntry(path, path.length);
    return found < 0 ? Optional.empty() : Optional.of(files.getEntry(found));
  }

  /** The commit of the submodule at {@code path}. */
  Optional<ObjectId> submodule(byte[] path) {
    return at(path)
        .filter(entry -> entry.getFileMode().equals(FileMode.GITLINK))
        .map(DirCacheEntry::getObjectId);
  }

  /** The blob at {@code path}, if that is a file or a link. */
  Optional<ObjectId> blob(byte[] path) {
    return at(path)
        .filter(entry -> !entry.getFileMode().equals(FileMode.GITLINK))
        .map(DirCacheEntry::getObjectId);
  }

  /** Whether anything lies below the directory {@code path}, which ends with a slash. */
  boolean hasBelow(byte[] path) {
    int next = -(files.findEntry(path, path.length) + 1);
    if (next >= files.getEntryCount()) {
      return false;
    }
    byte[] found = files.getEntry(next).getRawPath();
    return found.length > path.length && Arrays.equals(found, 0, path.length, path, 0, path.length);
  }
}
