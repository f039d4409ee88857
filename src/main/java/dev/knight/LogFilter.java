package dev.knight;

import dev.knight.hygiene.PlainText;
import dev.knight.hygiene.Redactor;
import io.quarkus.logging.LoggingFilter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.ExtLogRecord.FormatStyle;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.Logger.AttachmentKey;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a log message quotes from outside from looking like a log line, or like colour, and
 * keeps secrets out of it; the same goes for the words of an exception. And it says of each message
 * which job it is of: in front of a line for people, as fields of a line for programs.
 */
@LoggingFilter(name = LogFilter.NAME)
public final class LogFilter implements Filter {
  /** The name by which the handlers are told of it. */
  static final String NAME = "plain";

  /** The framework makes this filter; what it is to know waits for it where the log is. */
  private static final AttachmentKey<Redactor> REDACTOR = new AttachmentKey<>();

  private static final ExtFormatter FORMAT = new PatternFormatter("%s");

  /** The property that says whether lines are for programs. */
  static final String JSON = "dev.knight.log.json";

  private final boolean isJson;

  /** Made by the framework, once {@link BootSettings} are known. */
  public LogFilter() {
    this(Boolean.getBoolean(JSON));
  }

  LogFilter(boolean isJson) {
    this.isJson = isJson;
  }

  /** Lets every filter of this process know what {@code redactor} knows. */
  static void teach(Redactor redactor) {
    LogContext.getLogContext().getLogger("").attach(REDACTOR, redactor);
  }

  @Override
  public boolean isLoggable(LogRecord record) {
    if (record instanceof ExtLogRecord message) {
      String said = FORMAT.formatMessage(message);
      String shown = placed(shown(said), message);
      Throwable thrown = message.getThrown();
      String trace = thrown == null ? "" : trace(thrown);
      String shownTrace = shown(trace);
      boolean traceIsClean = shownTrace.equals(indented(trace));
      if (!traceIsClean) {
        // An exception's words cannot be changed, so that it is told as text.
        message.setThrown(null);
        message.setMessage(shown + "\n    " + shownTrace, FormatStyle.NO_FORMAT);
      } else if (!shown.equals(said)) {
        message.setMessage(shown, FormatStyle.NO_FORMAT);
      }
    }
    return true;
  }

  /** The same with its place in the work: in front, or as fields of {@code record}. */
  private String placed(String shown, ExtLogRecord record) {
    LogPlace place = LogPlace.of(shown, record::getMdc);
    if (place.words().isEmpty()) {
      return shown;
    }
    if (isJson) {
      LogPlace.KEYS.forEach(record::removeMdc);
      place.words().forEach(record::putMdc);
      return place.rest();
    }
    return place.line();
  }

  private static String shown(String said) {
    @Nullable Redactor redactor = LogContext.getLogContext().getLogger("").getAttachment(REDACTOR);
    return indented(PlainText.lines(redactor == null ? said : redactor.text(said)));
  }

  private static String indented(String lines) {
    return lines.replace("\n", "\n    ");
  }

  private static String trace(Throwable thrown) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }
}
