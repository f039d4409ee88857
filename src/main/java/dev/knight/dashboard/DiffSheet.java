package dev.knight.dashboard;

import dev.knight.api.Diff;
import dev.knight.api.DiffView;
import dev.knight.api.DiffView.FileChange;
import dev.knight.hygiene.PlainText;
import java.util.ArrayList;
import java.util.List;

/**
 * What a job changes, as a page shows it: the beginning of each file, as far as there is room.
 *
 * @param of what is compared, in words
 * @param isWhole whether nothing is missing
 * @param note what is to be said of it, or empty
 */
record DiffSheet(
    String of, long added, long deleted, boolean isWhole, String note, List<FileSheet> files) {
  /** There is nothing to compare. */
  static final DiffSheet NONE = new DiffSheet("", 0, 0, true, "", List.of());

  /** Who reads more than this opens the whole text. */
  private static final int MOST_LINES = 1_500;

  private static final int MOST_OF_A_FILE = 400;

  /** A page that begins with a thousand open lines hides everything else. */
  private static final int MOST_OPEN = 200;

  private static final int MOST_FILES = 300;

  /** The sheet of {@code diff}. */
  static DiffSheet of(Diff diff) {
    DiffView view = diff.view();
    List<FileSheet> files = new ArrayList<>();
    int room = MOST_LINES;
    int open = MOST_OPEN;
    boolean isWhole = !diff.isCut() && view.files().size() <= MOST_FILES;
    for (int i = 0; i < Math.min(MOST_FILES, view.files().size()); i++) {
      FileChange file = view.files().get(i);
      DiffText text = DiffText.of(file.path(), diff.texts().get(i), Math.min(room, MOST_OF_A_FILE));
      room -= text.lines().size();
      open -= text.lines().size();
      isWhole &= !text.isCut();
      files.add(
          new FileSheet(
              "file-" + i,
              PlainText.line(file.path()),
              file.kind(),
              file.added(),
              file.deleted(),
              open >= 0 && !text.lines().isEmpty(),
              note(file, text),
              text.lines()));
    }
    return new DiffSheet(
        words(view.of()),
        view.added(),
        view.deleted(),
        isWhole,
        PlainText.line(view.note()),
        files);
  }

  public boolean isEmpty() {
    return files.isEmpty() && note.isEmpty();
  }

  private static String note(FileChange file, DiffText text) {
    if (file.binary()) {
      return "Not text, or too long to be compared.";
    }
    if (text.isCut()) {
      return "There is more of it in the whole diff.";
    }
    return text.lines().isEmpty() ? "Only its mode or its name differs." : "";
  }

  private static String words(String of) {
    return switch (of) {
      case "worktree" -> "as the agent has it now";
      case "held" -> "held back until you let it through";
      case "published" -> "as it was pushed";
      case "kept" -> "kept on a branch on this machine";
      default -> "";
    };
  }
}
