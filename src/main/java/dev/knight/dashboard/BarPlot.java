package dev.knight.dashboard;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/**
 * A plot of one figure for each of some days, in the units of its own box.
 *
 * @param width of the box
 * @param height of the box
 * @param bars in their order
 * @param lines across, with what they stand for
 * @param ends the first and the last day, under the bars
 */
record BarPlot(int width, int height, List<Bar> bars, List<Line> lines, List<End> ends) {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 208;
  private static final int LEFT = 80;
  private static final int RIGHT = 8;
  private static final int TOP = 20;
  private static final int BOTTOM = 28;

  /** What is not nothing is seen. */
  private static final double LEAST = 2;

  private static final double WIDEST_GAP = 4;

  /**
   * One day.
   *
   * @param words what is said of it
   */
  record Bar(String x, String y, String width, String height, String words) {}

  /** A line across. */
  record Line(String y, String textY, String label) {}

  /** A label under the bars. */
  record End(String x, String anchor, String label) {}

  /**
   * One day's figure.
   *
   * @param name the day
   * @param words all that is said of it
   */
  record Day(String name, double figure, String words) {}

  /** The plot of {@code days}; {@code label} says what a line across stands for. */
  static BarPlot of(List<Day> days, DoubleFunction<String> label) {
    double top = round(days.stream().mapToDouble(Day::figure).max().orElse(0));
    double place = (double) (WIDTH - LEFT - RIGHT) / Math.max(1, days.size());
    double gap = Math.min(WIDEST_GAP, place / 4);
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < days.size(); i++) {
      double height = height(days.get(i).figure(), top);
      if (height > 0) {
        bars.add(
            new Bar(
                number(LEFT + i * place + gap / 2),
                number(HEIGHT - BOTTOM - height),
                number(place - gap),
                number(height),
                days.get(i).words()));
      }
    }
    List<Line> lines = new ArrayList<>();
    for (double part : top > 0 ? new double[] {0, 0.5, 1} : new double[] {0}) {
      double y = HEIGHT - BOTTOM - part * (HEIGHT - TOP - BOTTOM);
      lines.add(new Line(number(y), number(y + 4), label.apply(part * top)));
    }
    return new BarPlot(WIDTH, HEIGHT, bars, lines, ends(days));
  }

  private static List<End> ends(List<Day> days) {
    List<End> ends = new ArrayList<>();
    if (!days.isEmpty()) {
      ends.add(new End(number(LEFT), "start", days.getFirst().name()));
    }
    if (days.size() > 1) {
      ends.add(new End(number(WIDTH - RIGHT), "end", days.getLast().name()));
    }
    return ends;
  }

  private static double height(double figure, double top) {
    return figure <= 0 ? 0 : Math.max(LEAST, figure / top * (HEIGHT - TOP - BOTTOM));
  }

  /** The next of 1, 2, 5, 10, 20, ... in the order of {@code most}. */
  private static double round(double most) {
    if (most <= 0) {
      return 0;
    }
    double power = Math.pow(10, Math.floor(Math.log10(most)));
    for (double step : new double[] {1, 2, 5}) {
      if (most <= step * power) {
        return step * power;
      }
    }
    return 10 * power;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
