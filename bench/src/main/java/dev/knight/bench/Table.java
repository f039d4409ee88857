package dev.knight.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Shows what was measured, as a table of Markdown. */
final class Table {
  private final Readings readings;
  private final Map<String, String> yardsticks;

  /**
   * @param yardsticks for each contest the name of the one that the others are compared with
   */
  Table(Readings readings, Map<String, String> yardsticks) {
    this.readings = readings;
    this.yardsticks = yardsticks;
  }

  /** One line for each figure of each contestant. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("| bench | figure | who | median | min | max | ratio |");
    lines.add("| --- | --- | --- | ---: | ---: | ---: | ---: |");
    for (String bench : readings.benches()) {
      for (String figure : readings.figures(bench)) {
        for (String who : readings.contestants(bench, figure)) {
          lines.add(line(bench, figure, who));
        }
      }
    }
    return lines;
  }

  private String line(String bench, String figure, String who) {
    Spread spread = readings.of(bench, figure, who);
    return "| %s | %s | %s | %s | %s | %s | %s |"
        .formatted(
            bench,
            figure,
            who,
            shown(spread.median()),
            shown(spread.least()),
            shown(spread.most()),
            ratio(bench, figure, who, spread));
  }

  private String ratio(String bench, String figure, String who, Spread spread) {
    String yardstick = yardsticks.getOrDefault(bench, who);
    Spread measure = readings.of(bench, figure, yardstick);
    boolean isComparable = !who.equals(yardstick) && !measure.isEmpty() && measure.median() > 0;
    return isComparable ? shown(spread.median() / measure.median()) : "";
  }

  static String shown(double value) {
    return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%.0f" : "%.2f", value);
  }
}
