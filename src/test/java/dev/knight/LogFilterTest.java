package dev.knight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.hygiene.KnownSecrets;
import dev.knight.hygiene.Redactor;
import dev.knight.job.Secret;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LogFilterTest {
  private static final String SECRET = "the-secret-of-the-log";

  @BeforeEach
  void teach() {
    LogFilter.teach(new Redactor(new KnownSecrets(new Secret(SECRET))));
  }

  @Test
  void a_message_has_no_secret_no_colour_and_no_second_line_of_its_own() {
    String line = logged("job=1 said " + SECRET + "\u001b[31m\n10:00:00 ERROR forged\u202E", null);

    assertThat(line).isEqualTo("job=1 said ***\uFFFD[31m\n    10:00:00 ERROR forged\uFFFD");
  }

  @Test
  void the_words_of_an_exception_are_looked_at_too() {
    Exception cause = new IllegalStateException("cause\u001b[2J");
    String line = logged("It failed", new IllegalStateException("with " + SECRET, cause));

    assertThat(line)
        .startsWith("It failed")
        .contains("IllegalStateException: with ***")
        .contains("cause\uFFFD[2J")
        .contains("at dev.knight.LogFilterTest")
        .doesNotContain(SECRET)
        .doesNotContain("\u001b");
  }

  @Test
  void what_is_clean_stays_as_it_is() {
    Exception clean = new IllegalStateException("plain");
    ExtLogRecord record = record("plain %s", clean);

    assertThat(new LogFilter().isLoggable(record)).isTrue();
    assertThat(record.getThrown()).isSameAs(clean);
  }

  private static String logged(String message, @Nullable Throwable thrown) {
    ExtLogRecord record = record(message, thrown);
    assertThat(new LogFilter().isLoggable(record)).isTrue();
    return new PatternFormatter("%s%e").format(record);
  }

  private static ExtLogRecord record(String message, @Nullable Throwable thrown) {
    ExtLogRecord record =
        new ExtLogRecord(Level.INFO, message, ExtLogRecord.FormatStyle.NO_FORMAT, "test");
    record.setThrown(thrown);
    return record;
  }
}
