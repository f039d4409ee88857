package dev.knight.git;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.util.io.AutoCRLFInputStream;

/**
 * A blob as a checkout writes it.
 *
 * @param size of what is written
 */
record Written(ObjectLoader blob, long size) {
  /** {@code blob}, which is a plain file whose lines end as {@code lines} says. */
  static Written of(ObjectLoader blob, LineEndings lines) throws IOException {
    if (lines.mayWriteCrlf()) {
      try (InputStream in = blob.openStream()) {
        Census census = Census.of(in, blob.getSize());
        return new Written(blob, blob.getSize() + (lines.writesCrlf(census) ? census.lf() : 0));
      }
    }
    return new Written(blob, blob.getSize());
  }

  /** Writes it to {@code out}. */
  void copyTo(OutputStream out) throws IOException {
    if (size == blob.getSize()) {
      blob.copyTo(out);
    } else {
      try (InputStream in = open()) {
        in.transferTo(out);
      }
    }
  }

  /** Its bytes. */
  InputStream open() throws IOException {
    return size == blob.getSize()
        ? blob.openStream()
        : new AutoCRLFInputStream(blob.openStream(), false);
  }
}
