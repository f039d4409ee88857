package dev.knight.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.dashboard.BarPlot.Bar;
import dev.knight.dashboard.BarPlot.Day;
import dev.knight.dashboard.BarPlot.End;
import dev.knight.dashboard.BarPlot.Line;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BarPlotTest {
  @Test
  void bars_are_as_high_as_their_figures_under_a_round_number() {
    BarPlot plot = of(new Day("Monday", 4, "four"), new Day("Tuesday", 2, "two"));

    assertThat(plot.lines()).extracting(Line::label).containsExactly("0.0", "2.5", "5.0");
    assertThat(plot.bars()).extracting(Bar::height).containsExactly("128.00", "64.00");
    assertThat(plot.bars()).extracting(Bar::y).containsExactly("52.00", "116.00");
    assertThat(plot.bars()).extracting(Bar::words).containsExactly("four", "two");
    assertThat(plot.ends()).extracting(End::label).containsExactly("Monday", "Tuesday");
  }

  @Test
  void what_is_little_is_seen_and_what_is_nothing_is_not() {
    BarPlot plot = of(new Day("a", 1_000, ""), new Day("b", 0.001, ""), new Day("c", 0, ""));

    assertThat(plot.bars()).extracting(Bar::height).containsExactly("160.00", "2.00");
  }

  @Test
  void a_plot_of_nothing_has_one_line_and_no_bars() {
    BarPlot plot = of(new Day("a", 0, ""));

    assertThat(plot.bars()).isEmpty();
    assertThat(plot.lines()).hasSize(1);
  }

  @Test
  void a_year_of_bars_stays_in_its_box() {
    List<Day> year =
        IntStream.range(0, 365).mapToObj(day -> new Day("day " + day, day + 1.0, "")).toList();

    BarPlot plot = BarPlot.of(year, Double::toString);

    assertThat(plot.bars())
        .hasSize(365)
        .allSatisfy(bar -> {
          assertThat(Double.parseDouble(bar.width())).isPositive();
          assertThat(Double.parseDouble(bar.x()) + Double.parseDouble(bar.width()))
              .isBetween(80.0, 752.0);
          assertThat(Double.parseDouble(bar.y())).isBetween(20.0, 180.0);
        });
  }

  private static BarPlot of(Day... days) {
    return BarPlot.of(List.of(days), figure -> String.format(Locale.ROOT, "%.1f", figure));
  }
}
