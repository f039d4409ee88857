package dev.knight.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What the description of the API says of its records is what their Javadoc says. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ApiWordsTest {
  private static final Path RECORDS = Path.of("src/main/java/dev/knight/api");
  private static final Path WORDS = Path.of("src/main/resources" + ApiDescription.WORDS);
  private static final boolean RENEWS = !System.getenv().getOrDefault("RENEW", "").isEmpty();
  private static final Pattern RECORD =
      Pattern.compile(
          "/\\*\\*(?<doc>(?:(?!\\*/).)*)\\*/\\s*(?:@\\w+\\s+)*public record (?<name>\\w+)",
          Pattern.DOTALL);

  @Test
  void the_words_of_the_description_are_those_of_the_javadoc() throws IOException {
    List<String> words = new ArrayList<>();
    words.add("# From the Javadoc of dev.knight.api: RENEW=1 scripts/test -Dtest=ApiWordsTest");
    try (Stream<Path> files = Files.list(RECORDS)) {
      for (Path file : files.sorted().toList()) {
        words.addAll(words(Files.readString(file)));
      }
    }
    String text = String.join("\n", words) + "\n";

    if (RENEWS) {
      Files.writeString(WORDS, text);
    }
    assertThat(WORDS).content().isEqualTo(text);
  }

  private static List<String> words(String source) {
    Matcher record = RECORD.matcher(source);
    if (!record.find()) {
      return List.of();
    }
    String name = record.group("name");
    String[] parts = plain(record.group("doc")).split(" ?@param ");
    List<String> words = new ArrayList<>();
    words.add(name + "=" + parts[0]);
    for (String parameter : List.of(parts).subList(1, parts.length)) {
      String[] named = parameter.split(" ", 2);
      words.add(name + "." + named[0] + "=" + named[1]);
    }
    return words;
  }

  /** On one line, without the stars and the tags. */
  private static String plain(String doc) {
    String line = doc.replaceAll("\\n\\s*\\* ?", " ").replaceAll("\\s+", " ").strip();
    return Pattern.compile("\\{@(code|link) ([^}]*)\\}")
        .matcher(line)
        .replaceAll(ApiWordsTest::quoted);
  }

  private static String quoted(MatchResult tag) {
    String said = tag.group(2).strip();
    String shown = tag.group(1).equals("code") ? said : said.replaceAll(".*[#.]|\\(.*", "");
    return Matcher.quoteReplacement("`" + shown + "`");
  }
}
