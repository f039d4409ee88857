package dev.knight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A part of a page of the documentation that is made from the code. */
public final class WrittenPart {
  private static final Path DOCS = Path.of("docs");
  private static final boolean RENEWS = !System.getenv().getOrDefault("RENEW", "").isEmpty();

  private WrittenPart() {}

  /**
   * That what stands between the marks of {@code part} in {@code page} is {@code expected}. With
   * {@code RENEW=1} in the environment it is written there.
   */
  public static void assertSame(String page, String part, String expected) throws IOException {
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
        .as("%s is stale; renew it: RENEW=1 scripts/test -Dtest='*DocumentsTest'", file)
        .isEqualTo(expected);
  }
}
