package dev.knight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.hygiene.KnownSecrets;
import dev.knight.hygiene.Redactor;
import dev.knight.job.Secret;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.MDC;
import org.jboss.logmanager.formatters.JsonFormatter;
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

  @Test
  void what_a_thread_logs_while_it_works_on_a_job_says_which() {
    MDC.put("job", "7");
    MDC.put("attempt", "2");
    MDC.put("step", "verify");
    try {
      assertThat(logged("Its checks run", null))
          .isEqualTo("job=7 attempt=2 step=verify Its checks run");
      assertThat(logged("job=7 model=m Asked", null))
          .isEqualTo("job=7 attempt=2 step=verify model=m Asked");
      assertThat(logged("job=8 Its files are removed", null))
          .isEqualTo("job=8 Its files are removed");
    } finally {
      MDC.clear();
    }
  }

  @Test
  void a_second_handler_adds_nothing() {
    MDC.put("job", "7");
    try {
      ExtLogRecord record = record("Said", null);
      LogFilter filter = new LogFilter(false);
      assertThat(filter.isLoggable(record)).isTrue();
      assertThat(filter.isLoggable(record)).as("by the second handler").isTrue();

      assertThat(new PatternFormatter("%s").format(record)).isEqualTo("job=7 Said");
    } finally {
      MDC.clear();
    }
  }

  @Test
  void for_programs_the_place_is_fields_and_secrets_stay_out_of_all() {
    MDC.put("job", "7");
    MDC.put("step", "verify");
    try {
      ExtLogRecord record =
          record("job=8 repository=ada/mill said " + SECRET, new IllegalStateException(SECRET));
      LogFilter filter = new LogFilter(true);
      assertThat(filter.isLoggable(record)).isTrue();
      assertThat(filter.isLoggable(record)).as("by the second handler").isTrue();
      String line = new JsonFormatter().format(record);

      assertThat(line)
          .contains("\"message\":\"said ***")
          .contains("\"job\":\"8\"")
          .contains("\"repository\":\"ada/mill\"")
          .doesNotContain("verify")
          .doesNotContain(SECRET);
    } finally {
      MDC.clear();
    }
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
