package dev.knight.github;

import java.util.List;

/**
 * A review to be submitted.
 *
 * @param commit the commit that was reviewed
 * @param body what it says on the whole; not empty
 * @param lines what it says on single lines
 */
public record NewReview(String commit, String body, List<Line> lines) {
  public NewReview {
    lines = List.copyOf(lines);
  }

  /**
   * A comment on a line.
   *
   * @param path the file
   * @param line from 1, in the file as the change leaves it
   */
  public record Line(String path, int line, String body) {}
}
