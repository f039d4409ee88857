package dev.knight.publish;

import dev.knight.hygiene.Redactor;
import java.util.regex.Pattern;

/**
 * Makes words from outside (the agent's, a command's, an issue's) fit to be shown on GitHub:
 * bounded, without secrets and what is not seen, and unable to tag people, close issues, load
 * images, hide text or pass for knight's own.
 */
public final class OutgoingText {
  /** Control and format characters, but for the joiner of emoji; halves of characters. */
  private static final Pattern UNSEEN =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Zl}\\p{Zp}&&[^\\n\\t\\x{200D}]]");

  private static final Pattern TICKS = Pattern.compile("`+");

  /** What GitHub acts on in a commit's or pull request's first line. */
  private static final Pattern SIGN = Pattern.compile("@(?=[A-Za-z0-9])|#(?=[0-9])");

  private static final Pattern ISSUE_WORD = Pattern.compile("(?i)\\bGH-(?=[0-9])");
  private static final Pattern ADDRESS = Pattern.compile("(?i)\\bhttps?://");

  /** Would keep the project's own checks from running. */
  private static final Pattern SKIP =
      Pattern.compile("(?i)\\[([^\\[\\]]{0,20}\\b(?:skip|no)\\b[^\\[\\]]{0,20})\\]");

  /** {@code Co-authored-by:} and its like. */
  private static final Pattern TRAILER =
      Pattern.compile("(?i)\\b([a-z-]+-by|skip-checks|change-id)\\s*:");

  private final Redactor redactor;
  private final HarmlessMarkdown markdown = new HarmlessMarkdown();

  /** Shows no secret that {@code redactor} knows. */
  public OutgoingText(Redactor redactor) {
    this.redactor = redactor;
  }

  /**
   * {@code text}, of which at most {@code limit} characters count, as Markdown that says the same
   * and does nothing. If it is too strange for that it is shown as it was written, in a code block.
   */
  public String markdown(String text, int limit) {
    String plain = bounded(plain(text), limit);
    return markdown
        .of(plain)
        .filter(it -> isFit(it, limit))
        .orElseGet(() -> plain.isBlank() ? "" : fenced(plain));
  }

  /** {@code text} as one line of Markdown, also in a table's cell. */
  public String line(String text, int limit) {
    String plain = bounded(oneLine(text), limit);
    return markdown
        .ofLine(plain)
        .filter(it -> isFit(it, limit))
        .orElseGet(() -> code(plain))
        .replace("|", "\\|");
  }

  /**
   * {@code text} as the first line of a commit or the title of a pull request: what GitHub would
   * act on is parted from its sign where all can see it.
   */
  public String subject(String text, int limit) {
    String plain = SIGN.matcher(oneLine(text)).replaceAll("$0 ");
    plain = ISSUE_WORD.matcher(plain).replaceAll("GH ");
    plain = ADDRESS.matcher(plain).replaceAll("");
    plain = SKIP.matcher(plain).replaceAll("($1)");
    plain = TRAILER.matcher(plain).replaceAll("$1");
    return bounded(plain.strip(), limit);
  }

  /** {@code text} as a code block that nothing in it can end. */
  public String block(String text, int limit) {
    return fenced(bounded(plain(text), limit));
  }

  /** {@code text} as code within a line. */
  public String code(String text) {
    String plain = HarmlessMarkdown.code(oneLine(text).replace("`", "'"));
    return plain.isEmpty() ? "" : "`" + plain + "`";
  }

  /**
   * {@code text} without secrets and what is not seen; knight's own marker does not count in it.
   */
  public String plain(String text) {
    String seen = UNSEEN.matcher(text.replace("\r\n", "\n")).replaceAll("");
    return redactor.text(seen).replace(Marker.PREFIX, Marker.PREFIX.replace(":", "\u200B:"));
  }

  private String oneLine(String text) {
    return plain(text).strip().replaceAll("\\s+", " ");
  }

  /** Signs that are written with a backslash take more room, but not without end. */
  private static boolean isFit(String written, int limit) {
    return written.length() <= 2 * limit && !Marker.isIn(written);
  }

  private static String fenced(String code) {
    int longest =
        TICKS.matcher(code).results().mapToInt(it -> it.end() - it.start()).max().orElse(0);
    String fence = "`".repeat(Math.max(3, longest + 1));
    return fence + "text\n" + code + (code.endsWith("\n") ? "" : "\n") + fence;
  }

  private static String bounded(String text, int limit) {
    if (text.length() <= limit) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(limit - 2)) ? limit - 2 : limit - 1;
    return text.substring(0, end) + "…";
  }
}
