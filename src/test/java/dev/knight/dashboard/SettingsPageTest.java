package dev.knight.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.dashboard.SettingsInForce.Line;
import dev.knight.dashboard.SettingsInForce.Listing;
import dev.knight.dashboard.SettingsView.Group;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SettingsPageTest {
  @Test
  void what_somebody_set_stands_before_the_defaults_by_what_it_is_about() {
    SettingsView view =
        SettingsPage.view(
            new Listing(
                List.of(
                    line("knight.github.api-url", "", "", "where it is"),
                    line("knight.github.token", "knight.yml, line 3", "", "a `token`"),
                    line("knight.workers", "", "4", "jobs at a time"),
                    line("knight.sandbox", "", "", "see [the sandbox](docs/sandbox.md)")),
                ""));

    assertThat(view.set()).extracting(Group::name).containsExactly("github", "general");
    assertThat(view.standard()).extracting(Group::name).containsExactly("github", "general");
    assertThat(view.standards()).isEqualTo(2);
    assertThat(view.changed()).isEqualTo(1);
  }

  @Test
  void the_words_of_the_documentation_are_shown_without_its_signs() {
    SettingsView view =
        SettingsPage.view(
            new Listing(
                List.of(line("knight.sandbox", "", "", "see [the `jail`](docs/sandbox.md#why)")),
                ""));

    assertThat(view.standard().getFirst().lines().getFirst().meaning()).isEqualTo("see the jail");
  }

  private static Line line(String key, String source, String next, String meaning) {
    return new Line(key, "value", source, next, meaning);
  }
}
