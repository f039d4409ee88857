package dev.knight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.cli.SettingHelp;
import java.io.IOException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * Parts of the documentation are made from the code. With {@code RENEW=1} this test writes them.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DocumentsTest {
  @Test
  void the_keys_in_the_documentation_are_those_of_the_code() throws IOException {
    String rows =
        SettingsHelp.all().stream()
            .map(DocumentsTest::row)
            .collect(
                Collectors.joining("", "| key | default | meaning |\n| --- | --- | --- |\n", ""));

    WrittenPart.assertSame("configuration.md", "keys", rows);
  }

  @Test
  void every_key_says_what_it_is_for() {
    assertThat(ConfigKey.ALL).allSatisfy(key -> assertThat(key.meaning()).isNotBlank());
  }

  private static String row(SettingHelp key) {
    return "| `%s` | %s | %s |\n"
        .formatted(key.name(), key.standard(), key.meaning())
        .replace("|  |", "| |");
  }
}
