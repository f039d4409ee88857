package dev.knight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.cli.SettingHelp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * Parts of the documentation are made from the code. With {@code RENEW=1} this test writes them.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DocumentsTest {
  private static final Path DOCS = Path.of("docs");
  private static final boolean RENEWS = !System.getenv().getOrDefault("RENEW", "").isEmpty();

  @Test
  void the_keys_in_the_documentation_are_those_of_the_code() throws IOException {
    String rows =
        SettingsHelp.all().stream()
            .map(DocumentsTest::row)
            .collect(
                Collectors.joining("", "| key | default | meaning |\n| --- | --- | --- |\n", ""));

    assertPart("configuration.md", "keys", rows);
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

  /** That what stands between the marks of {@code part} is {@code expected}. */
  private static void assertPart(String page, String part, String expected) throws IOException {
    Path file = DOCS.resolve(page);
    String text = Files.readString(file);
    Matcher marks =
        Pattern.compile(
                "(<!-- begin " + part + "[^\\n]*-->\\n)(.*?)(<!-- end " + part + " -->)",
                Pattern.DOTALL)
            .matcher(text);
    assertThat(marks.find()).as("%s has the marks of %s", page, part).isTrue();
    if (RENEWS) {
      Files.writeString(
          file, text.substring(0, marks.start(2)) + expected + text.substring(marks.end(2)));
      return;
    }
    assertThat(marks.group(2))
        .as("%s is stale; renew it: RENEW=1 scripts/test -Dtest=DocumentsTest", file)
        .isEqualTo(expected);
  }
}
