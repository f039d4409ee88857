package dev.knight.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void each_figure_has_its_median_its_ends_and_its_ratio_to_the_last_contestant() {
    Readings readings =
        new Readings(
            List.of(
                new Reading("start", "knight", 1, Map.of("ready ms", 900.0)),
                new Reading("start", "Celery", 1, Map.of("ready ms", 2000.0)),
                new Reading("start", "knight", 2, Map.of("ready ms", 700.0)),
                new Reading("start", "Celery", 2, Map.of("ready ms", 2000.0))));

    assertThat(new Table(readings, Map.of("start", "Celery")).lines().stream().skip(2))
        .containsExactly(
            "| start | ready ms | knight | 800 | 700 | 900 | 0.40 |",
            "| start | ready ms | Celery | 2000 | 2000 | 2000 |  |");
  }
}
