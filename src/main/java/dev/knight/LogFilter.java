package dev.knight;

import dev.knight.hygiene.PlainText;
import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.ExtLogRecord.FormatStyle;
import org.jboss.logmanager.formatters.PatternFormatter;

/** Keeps what a log message quotes from outside from looking like a log line, or like colour. */
@LoggingFilter(name = LogFilter.NAME)
public final class LogFilter implements Filter {
  /** The name by which the handlers are told of it. */
  static final String NAME = "plain";

  private static final ExtFormatter FORMAT = new PatternFormatter("%s");

  @Override
  public boolean isLoggable(LogRecord record) {
    if (record instanceof ExtLogRecord message) {
      String said = FORMAT.formatMessage(message);
      String plain = PlainText.lines(said).replace("\n", "\n    ");
      if (!plain.equals(said)) {
        message.setMessage(plain, FormatStyle.NO_FORMAT);
      }
    }
    return true;
  }
}
