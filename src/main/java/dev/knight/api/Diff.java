package dev.knight.api;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a job changes, to be read.
 *
 * @param view the files
 * @param texts the unified diff of each of the files, with its header; cut where it is too long
 * @param isCut whether any of them is
 */
public record Diff(DiffView view, List<String> texts, boolean isCut) {
  /** Keeps its own copy. */
  public Diff {
    texts = List.copyOf(texts);
    if (texts.size() != view.files().size()) {
      throw new IllegalArgumentException("Each file has a text");
    }
  }

  /** All of it as one text. */
  public String text() {
    return texts.stream().collect(Collectors.joining());
  }
}
