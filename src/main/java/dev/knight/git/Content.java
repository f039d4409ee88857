package dev.knight.git;

import java.io.IOException;
import java.io.InputStream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;

/** The bytes of a file or the words of a link: how many there are, and the first of them. */
public final class Content {
  private static final Content NONE = new Content(0, new byte[0]);

  private final long size;
  private final byte[] bytes;

  private Content(long size, byte[] bytes) {
    this.size = size;
    this.bytes = bytes;
  }

  /** What {@code name} names, up to {@code most} bytes; a submodule's commit is not here. */
  static Content read(Repository git, String name, int most) throws IOException {
    ObjectId id = ObjectId.fromString(name);
    if (id.equals(ObjectId.zeroId())) {
      return NONE;
    }
    try (ObjectReader reader = git.newObjectReader()) {
      ObjectLoader blob = reader.open(id, Constants.OBJ_BLOB);
      try (InputStream in = blob.openStream()) {
        return new Content(blob.getSize(), in.readNBytes(most));
      }
    }
  }

  /** How many bytes there are in all. */
  public long size() {
    return size;
  }

  /** The first bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Whether these are all. */
  public boolean isWhole() {
    return bytes.length == size;
  }

  /** Whether it is no text, by git's own rule: a zero among the first 8,000 bytes. */
  public boolean isBinary() {
    for (int i = 0; i < Math.min(bytes.length, 8_000); i++) {
      if (bytes[i] == 0) {
        return true;
      }
    }
    return false;
  }
}
