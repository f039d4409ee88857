package dev.knight.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PlaceTest {
  @TempDir private Path work;

  @Test
  void each_turn_has_a_directory_in_which_nobody_was() {
    Place place = new Place(work, work, Optional.empty(), Optional.empty(), work, work);

    Path first = place.directory("redis");
    Path second = place.directory("redis");

    assertThat(second).isEmptyDirectory().isNotEqualTo(first);
    assertThat(first.getFileName().toString()).startsWith("redis");
  }
}
