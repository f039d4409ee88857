package dev.knight.dashboard;

import java.util.List;

/**
 * What jobs came to and cost, in words.
 *
 * @param range the days, in words
 * @param ranges which others can be looked at
 * @param tiles the figures that come first
 * @param isPriced whether money is known, and not only tokens
 * @param plot by day
 * @param summary of the plot, for who does not see it
 * @param days its table, without the days on which nothing was
 * @param groups the same in other ways
 */
record CostsView(
    String range,
    List<Range> ranges,
    List<Tile> tiles,
    boolean isPriced,
    BarPlot plot,
    String summary,
    List<Row> days,
    List<Group> groups) {

  /** So many days. */
  record Range(int days, String label, boolean isHere) {}

  /**
   * A figure.
   *
   * @param share which part of a limit it is, in per cent; -1 without one
   */
  record Tile(String label, String figure, String note, int share) {
    /** Whether the limit is near. */
    public boolean isOver() {
      return share > 90;
    }

    /** Whether there is a limit. */
    public boolean isLimited() {
      return share >= 0;
    }
  }

  /** Rows that have something in common. */
  record Group(String id, String title, String heading, List<Row> rows) {}

  /**
   * What some jobs came to.
   *
   * @param bar the length of its bar, out of 100
   */
  record Row(
      String name,
      String jobs,
      String pullRequests,
      String merged,
      String cost,
      String tokens,
      String bar) {}
}
