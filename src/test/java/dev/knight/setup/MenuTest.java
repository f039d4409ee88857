package dev.knight.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MenuTest {
  private final Menu menu = new Menu(List.of("ada/engine", "ada/notes", "bob/Notes"), 0, Set.of());

  @Test
  void the_cursor_comes_back_at_the_other_end() {
    menu.move(-1);
    assertThat(menu.current()).isEqualTo(2);
    menu.move(1);
    assertThat(menu.current()).isZero();
    menu.leap(9);
    assertThat(menu.current()).isEqualTo(2);
  }

  @Test
  void what_is_typed_narrows_the_list_and_the_cursor_stays_where_it_can() {
    menu.move(2);

    menu.type("no");
    menu.type("te");

    assertThat(menu.window(9)).containsExactly(1, 2);
    assertThat(menu.current()).isEqualTo(2);
    menu.type("x");
    assertThat(menu.isEmpty()).isTrue();
    menu.move(1);
    menu.toggle();
    menu.erase();
    assertThat(menu.size()).isEqualTo(2);
    menu.clear();
    assertThat(menu.size()).isEqualTo(3);
  }

  @Test
  void marks_stay_while_the_list_is_narrowed() {
    menu.toggle();
    menu.type("notes");
    menu.toggleAll();
    menu.clear();

    assertThat(menu.marked()).containsExactly(0, 1, 2);
    menu.toggleAll();
    assertThat(menu.marked()).isEmpty();
  }

  @Test
  void a_window_is_as_high_as_it_may_be_and_holds_the_cursor() {
    Menu tall = new Menu(List.of("a", "b", "c", "d", "e", "f", "g"), 5, Set.of());

    assertThat(tall.window(3)).hasSize(3).contains(5);
    tall.leap(-9);
    assertThat(tall.window(3)).containsExactly(0, 1, 2);
  }
}
