package dev.knight.git;

import dev.knight.git.Change.Mode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;

/**
 * Compares both sides of single files, for people. What must not be shown is taken out of each side
 * as a whole: in a diff, with a mark before each line, nobody would find it any more.
 */
final class FileComparison {
  private final ObjectReader reader;
  private final UnaryOperator<String> shown;
  private final HistogramDiff algorithm = TreeDiff.quick();

  /** What is shown is what {@code shown} leaves of it. */
  FileComparison(ObjectReader reader, UnaryOperator<String> shown) {
    this.reader = reader;
    this.shown = shown;
  }

  /** How the two sides of {@code change} differ, in at most {@code room} bytes. */
  FileDiff of(Change change, int room) throws IOException {
    byte[] before = side(change.before(), change.contentBefore());
    byte[] after = side(change.after(), change.contentAfter());
    Change named =
        new Change(
            change.kind(),
            shown.apply(change.path()),
            change.before(),
            change.after(),
            change.contentBefore(),
            change.contentAfter());
    if (isNoText(before) || isNoText(after)) {
      return new FileDiff(named, 0, 0, false, "", false);
    }
    EditList edits = edits(new RawText(before), new RawText(after));
    long added = edits.stream().mapToLong(Edit::getLengthB).sum();
    long deleted = edits.stream().mapToLong(Edit::getLengthA).sum();
    if (room <= 0) {
      return new FileDiff(named, added, deleted, true, "", !edits.isEmpty());
    }
    BoundedText hunks = new BoundedText(room);
    boolean whole = write(new RawText(clean(before)), new RawText(clean(after)), hunks);
    return new FileDiff(named, added, deleted, true, whole ? hunks.whole() : hunks.cut(), !whole);
  }

  /** Whether all of it fitted. */
  private boolean write(RawText before, RawText after, BoundedText to) throws IOException {
    try (DiffFormatter formatter = new DiffFormatter(to)) {
      formatter.format(edits(before, after), before, after);
      formatter.flush();
      return true;
    } catch (BoundedText.Full _) {
      return false;
    }
  }

  private EditList edits(RawText before, RawText after) {
    return algorithm.diff(RawTextComparator.DEFAULT, before, after);
  }

  private byte[] clean(byte[] text) {
    return shown.apply(new String(text, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
  }

  /** The content; one byte that is no text where it is too long to be compared. */
  private byte[] side(Mode mode, String content) throws IOException {
    return switch (mode) {
      case ABSENT -> new byte[0];
      case SUBMODULE -> ("Subproject commit " + content + "\n").getBytes(StandardCharsets.US_ASCII);
      case FILE, EXECUTABLE, LINK -> {
        ObjectLoader blob = reader.open(ObjectId.fromString(content), Constants.OBJ_BLOB);
        yield blob.getSize() > TreeDiff.LARGEST_TEXT ? new byte[1] : blob.getCachedBytes();
      }
    };
  }

  private static boolean isNoText(byte[] content) {
    return RawText.isBinary(content, content.length, true);
  }
}
