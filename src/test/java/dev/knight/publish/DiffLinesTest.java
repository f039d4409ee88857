package dev.knight.publish;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DiffLinesTest {
  private static final String DIFF =
      """
      diff --git a/pump.c b/pump.c
      index 1111111..2222222 100644
      --- a/pump.c
      +++ b/pump.c
      @@ -1,3 +1,4 @@
       one
      -two
      +deux
      +++ b/engine.c
       three
      @@ -20 +21 @@ int main
      -old
      +new
      diff --git a/gone.c b/gone.c
      --- a/gone.c
      +++ /dev/null
      @@ -1,2 +0,0 @@
      -one
      -two
      diff --git a/new.c b/new.c
      --- /dev/null
      +++ b/new.c
      @@ -0,0 +1,2 @@
      +one
      +two
      """;

  @Test
  void the_lines_of_each_hunk_are_shown_as_they_are_afterwards() {
    DiffLines lines = DiffLines.of(DIFF);

    assertThat(lines.shows("pump.c", 1)).isTrue();
    assertThat(lines.shows("pump.c", 4)).isTrue();
    assertThat(lines.shows("pump.c", 5)).isFalse();
    assertThat(lines.shows("pump.c", 21)).isTrue();
    assertThat(lines.shows("new.c", 2)).isTrue();
    assertThat(lines.shows("new.c", 3)).isFalse();
  }

  @Test
  void what_a_file_says_is_no_name_of_a_file() {
    assertThat(DiffLines.of(DIFF).shows("engine.c", 3)).isFalse();
    assertThat(DiffLines.of(DIFF).shows("gone.c", 1)).isFalse();
    assertThat(DiffLines.of("").shows("pump.c", 1)).isFalse();
  }
}
