package dev.knight.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.home.KnightHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CopiesTest {
  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00.5Z");
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir Path root;
  private Copies copies;

  @BeforeEach
  void copies() throws IOException {
    KnightHome home = new KnightHome(root);
    Files.createDirectory(home.backups());
    copies = new Copies(home);
  }

  @Test
  void a_home_without_copies_has_none() throws IOException {
    Files.delete(root.resolve("backups"));

    assertThat(copies.newest()).isEmpty();
    assertThat(copies.isOneOfToday(NOW)).isFalse();
    assertThat(copies.advice()).contains("knight restore FILE", "none is in " + root);
    copies.thinOut(NOW);
  }

  @Test
  void the_newest_is_the_youngest_of_knights_own() throws IOException {
    make(copies.daily(NOW.minus(DAY)));
    Path newest = make(copies.ofSchema("3", NOW));
    make(copies.byHand(NOW.plusSeconds(9)));
    Files.createFile(root.resolve("backups/.2026-11-26T10-00-00Z-daily.sql.gz123.part"));
    Files.createFile(root.resolve("backups/precious.sql.gz"));

    assertThat(copies.newest()).contains(newest);
    assertThat(copies.advice()).endsWith("knight restore " + newest);
  }

  @Test
  void a_copy_lasts_for_a_day() throws IOException {
    make(copies.daily(NOW));

    assertThat(copies.isOneOfToday(NOW.plus(DAY).minusSeconds(2))).isTrue();
    assertThat(copies.isOneOfToday(NOW.plus(DAY))).isFalse();
  }

  @Test
  void the_last_seven_are_kept() throws IOException {
    for (int day = 0; day < 10; day++) {
      make(copies.daily(NOW.plus(DAY.multipliedBy(day))));
    }

    copies.thinOut(NOW.plus(DAY.multipliedBy(400)));

    try (var left = Files.list(root.resolve("backups"))) {
      assertThat(left)
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(3, 10)
                  .mapToObj(day -> copies.daily(NOW.plus(DAY.multipliedBy(day))))
                  .toList());
    }
  }

  @Test
  void the_way_back_to_the_knight_before_is_kept_for_as_long_as_it_takes() throws IOException {
    Path older = make(copies.ofSchema("012", NOW.minus(DAY)));
    Path before = make(copies.ofSchema("017", NOW));
    for (int day = 1; day < 10; day++) {
      make(copies.daily(NOW.plus(DAY.multipliedBy(day))));
    }

    copies.thinOut(NOW.plus(DAY.multipliedBy(400)));

    assertThat(before).exists();
    assertThat(older).doesNotExist();
    assertThat(copies.newestOfSchema(20)).contains(before);
    assertThat(copies.wayBackTo(17)).endsWith("knight restore " + before);
    assertThat(copies.newestOfSchema(16)).isEmpty();
    assertThat(copies.wayBackTo(16)).endsWith("knight restore FILE");
  }

  @Test
  void what_nobody_fetched_goes_after_a_day_and_what_is_not_knights_stays() throws IOException {
    Path forgotten = make(copies.byHand(NOW));
    Path fresh = make(copies.byHand(NOW.plus(DAY)));
    Path torn =
        Files.createFile(root.resolve("backups/.2026-11-25T10-00-00Z-daily.sql.gz123.part"));
    Path precious = Files.createFile(root.resolve("backups/precious.sql.gz"));

    copies.thinOut(NOW.plus(DAY).plusSeconds(1));

    assertThat(forgotten).doesNotExist();
    assertThat(torn).doesNotExist();
    assertThat(fresh).exists();
    assertThat(precious).exists();
  }

  private static Path make(Path copy) throws IOException {
    return Files.createFile(copy);
  }
}
