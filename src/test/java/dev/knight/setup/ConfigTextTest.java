package dev.knight.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knight.job.MisconfiguredException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConfigTextTest {
  private static final String BY_HAND =
      """
      # Mine, since May.
      knight:
        workers: 3   # two were too few

        github:
          # the engine first
          repositories:
            - ada/engine   # the one that pays
            # not yet: ada/secret
            - ada/notes
          trigger: [ knight,   "robin" ]

        model: # the good one
          provider: anthropic
          name: 'claude-old'   # until the new one is out
        # limits as agreed
        limits:
          cost: 3 USD
      """;

  @Test
  void a_value_changes_and_nothing_else_does() {
    String changed = text(BY_HAND).with("knight.model.name", "claude-new").text();

    assertThat(changed).isEqualTo(BY_HAND.replace("'claude-old'", "claude-new"));
  }

  @Test
  void what_is_said_already_is_not_touched() {
    ConfigText text = text(BY_HAND);

    assertThat(text.with("knight.model.name", "claude-old").text()).isEqualTo(BY_HAND);
    assertThat(text.with("knight.github.repositories", List.of("ada/engine", "ada/notes")).text())
        .isEqualTo(BY_HAND);
  }

  @Test
  void a_list_gains_and_loses_lines_and_keeps_the_others_with_their_comments() {
    String changed =
        text(BY_HAND).with("knight.github.repositories", List.of("Ada/Engine", "ada/tools")).text();

    assertThat(changed).isEqualTo(BY_HAND.replace("- ada/notes", "- ada/tools"));
  }

  @Test
  void a_list_in_brackets_stays_in_brackets() {
    String changed = text(BY_HAND).with("knight.github.trigger", List.of("sir", "robin")).text();

    assertThat(changed).isEqualTo(BY_HAND.replace("[ knight,   \"robin\" ]", "[robin, sir]"));
  }

  @Test
  void a_new_key_comes_at_the_end_of_its_group() {
    String changed =
        text(BY_HAND).with("knight.model.base-url", "http://127.0.0.1:11434/v1").text();

    assertThat(changed)
        .isEqualTo(
            BY_HAND.replace("  # limits", "    base-url: http://127.0.0.1:11434/v1\n  # limits"));
  }

  @Test
  void a_new_group_comes_at_the_end() {
    String changed = text(BY_HAND).with("knight.agent.command", "/opt/my pi/bin/pi").text();

    assertThat(changed).isEqualTo(BY_HAND + "  agent:\n    command: '/opt/my pi/bin/pi'\n");
  }

  @Test
  void a_file_with_nothing_but_comments_gets_its_first_key() {
    assertThat(text("# Hello\n").with("knight.model.name", "m").text())
        .isEqualTo("# Hello\nknight:\n  model:\n    name: m\n");
    assertThat(text("").with("knight.github.repositories", List.of("a/b", "c/d")).text())
        .isEqualTo("knight:\n  github:\n    repositories:\n      - a/b\n      - c/d\n");
  }

  @Test
  void a_group_that_holds_only_comments_is_filled_in_place() {
    String template = "knight:\n  # GitHub.\n  github:\n    #trigger: [x]\n\n  model:\n";

    String changed =
        text(template).with("knight.github.api-url", "u").with("knight.model.name", "m").text();

    assertThat(changed)
        .isEqualTo(template.replace("github:\n", "github:\n    api-url: u\n") + "    name: m\n");
  }

  @Test
  void a_file_without_an_end_of_line_at_its_end_and_one_from_windows_are_kept_in_their_way() {
    assertThat(text("knight:\n  workers: 3").with("knight.model.name", "m").text())
        .isEqualTo("knight:\n  workers: 3\n  model:\n    name: m\n");
    assertThat(text("knight:\r\n  workers: 3\r\n").with("knight.model.name", "m").text())
        .isEqualTo("knight:\r\n  workers: 3\r\n  model:\r\n    name: m\r\n");
  }

  @Test
  void keys_with_dots_and_letters_of_all_the_world_are_understood() {
    String own = "# \uD83D\uDEE1 Schild\nknight.model: {name: \"\uD83D\uDEE1x\", provider: p}\n";

    assertThat(text(own).with("knight.model.name", "m").text())
        .isEqualTo(own.replace("\"\uD83D\uDEE1x\"", "m"));
  }

  @Test
  void an_empty_value_is_filled_and_a_folded_one_replaced() {
    assertThat(text("knight:\n  model:\n    name:   # say\n").with("knight.model.name", "m").text())
        .isEqualTo("knight:\n  model:\n    name: m   # say\n");
    assertThat(
            text("knight:\n  model:\n    name: >-\n      a\n  workers: 2\n")
                .with("knight.model.name", "m")
                .text())
        .isEqualTo("knight:\n  model:\n    name: m\n  workers: 2\n");
  }

  @Test
  void what_no_longer_holds_is_commented_out() {
    String changed =
        text(BY_HAND).without("knight.model.name").without("knight.github.repositories").text();

    assertThat(changed)
        .contains("    #name: 'claude-old'   # until the new one is out\n")
        .contains("    #repositories:\n      #- ada/engine   # the one that pays\n")
        .contains("  workers: 3   # two were too few\n");
    assertThat(text(BY_HAND).without("knight.agent.command").text()).isEqualTo(BY_HAND);
  }

  @Test
  void what_cannot_be_changed_alone_is_left_to_its_owner() {
    String shared = "knight:\n  model: {name: &it m, review-name: *it}\n";
    String braces = "knight: {workers: 2}\n";

    assertThatThrownBy(() -> text(shared).with("knight.model.name", "n"))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessageContaining("knight.model.name: n");
    assertThatThrownBy(() -> text(shared).with("knight.model.review-name", "n"))
        .isInstanceOf(MisconfiguredException.class);
    assertThatThrownBy(() -> text(braces).with("knight.model.name", "n"))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessageContaining("yourself");
  }

  @Test
  void what_could_be_read_otherwise_is_quoted() {
    for (String value : List.of("it's", "a: b", "null", "a #b", "- x", "x:", "*x", "{a}", "~")) {
      ConfigText text = text("").with("knight.model.name", value);
      assertThat(text.value("knight.model.name")).contains(value);
    }
  }

  private static ConfigText text(String text) {
    return ConfigText.of(ConfigTextTest::read, text);
  }

  /** All keys with dots, lists joined by commas. */
  private static Map<String, String> read(String text) {
    Map<String, String> read = new HashMap<>();
    flatten("", new Yaml().load(text), read);
    return read;
  }

  static void flatten(String key, @Nullable Object value, Map<String, String> into) {
    switch (value) {
      case Map<?, ?> group ->
          group.forEach(
              (name, below) -> flatten(key.isEmpty() ? "" + name : key + "." + name, below, into));
      case List<?> list ->
          into.put(key, String.join(",", list.stream().map(String::valueOf).toList()));
      case null -> {}
      default -> into.put(key, value.toString());
    }
  }
}
