package dev.knight.git;

import java.util.regex.Pattern;
import org.eclipse.jgit.lib.ObjectId;

/**
 * A commit of a mirror.
 *
 * @param id 40 hexadecimal digits in lower case
 */
public record Commit(String id) {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{40}");

  public Commit {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("'%s' is not a commit".formatted(id));
    }
  }

  static Commit of(ObjectId id) {
    return new Commit(id.name());
  }

  ObjectId objectId() {
    return ObjectId.fromString(id);
  }

  @Override
  public String toString() {
    return id;
  }
}
