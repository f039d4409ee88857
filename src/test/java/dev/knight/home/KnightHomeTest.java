package dev.knight.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KnightHomeTest {
  @Test
  void the_home_is_the_one_that_is_named() {
    assertThat(KnightHome.of(Map.of("KNIGHT_HOME", "/srv/k", "HOME", "/home/ada")).root())
        .isEqualTo(Path.of("/srv/k"));
  }

  @Test
  void else_it_lies_where_scripts_look_for_it_too() {
    assertThat(KnightHome.of(Map.of("KNIGHT_HOME", " ", "HOME", "/home/ada")).root())
        .isEqualTo(Path.of("/home/ada/.knight"));
  }

  @Test
  void who_has_no_home_has_that_of_the_account() {
    Path account = Path.of(System.getProperty("user.home"), ".knight");

    assertThat(KnightHome.of(Map.of()).root()).isEqualTo(account);
    assertThat(KnightHome.of(Map.of("HOME", "")).root()).isEqualTo(account);
  }
}
