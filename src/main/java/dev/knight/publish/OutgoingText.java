package dev.knight.publish;

import dev.knight.job.Secret;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Makes words from outside (the agent's, a command's, an issue's) fit to be shown on GitHub:
 * bounded, without secrets and control characters, and unable to tag people, close issues, load
 * images or hide text.
 */
public final class OutgoingText {
  /** Put after a character that GitHub would act on; it shows nothing. */
  private static final String STOP = "\u200B";

  private static final Pattern CONTROL =
      Pattern.compile("[\\p{Cc}&&[^\\n\\t]]|[\\u202A-\\u202E\\u2066-\\u2069]");
  private static final Pattern MENTION = Pattern.compile("@(?=[A-Za-z0-9])");
  private static final Pattern REFERENCE = Pattern.compile("#(?=[0-9])|\\bGH-(?=[0-9])");
  private static final Pattern IMAGE = Pattern.compile("!(?=\\[)");
  private static final Pattern LONG_TICKS = Pattern.compile("`{3,}");

  private final List<Secret> secrets;

  /** Knows the {@code secrets} that must never be shown. */
  public OutgoingText(List<Secret> secrets) {
    this.secrets = secrets.stream().filter(secret -> secret.reveal().length() >= 8).toList();
  }

  /**
   * {@code text} as Markdown that says the same and does nothing; at most {@code limit} characters.
   */
  public String markdown(String text, int limit) {
    String safe = plain(text);
    safe = MENTION.matcher(safe).replaceAll("@" + STOP);
    safe = REFERENCE.matcher(safe).replaceAll("$0" + STOP);
    safe = IMAGE.matcher(safe).replaceAll("!" + STOP);
    safe = safe.replace("<", "&lt;");
    return bounded(safe, limit);
  }

  /** {@code text} as one line of Markdown, also in a table's cell. */
  public String line(String text, int limit) {
    return markdown(text.strip().replaceAll("\\s+", " "), limit).replace("|", "\\|");
  }

  /** {@code text} as a code block that nothing in it can end. */
  public String block(String text, int limit) {
    String inner = bounded(LONG_TICKS.matcher(plain(text)).replaceAll("'''"), limit);
    return "```text\n" + inner + (inner.endsWith("\n") ? "" : "\n") + "```";
  }

  /** {@code text} without secrets and control characters. */
  public String plain(String text) {
    String safe = text;
    for (Secret secret : secrets) {
      safe = safe.replace(secret.reveal(), "***");
    }
    return CONTROL.matcher(safe.replace("\r\n", "\n")).replaceAll("");
  }

  private static String bounded(String text, int limit) {
    if (text.length() <= limit) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(limit - 2)) ? limit - 2 : limit - 1;
    return text.substring(0, end) + "…";
  }
}
