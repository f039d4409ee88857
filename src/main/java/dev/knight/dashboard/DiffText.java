package dev.knight.dashboard;

import dev.knight.hygiene.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of a unified diff of one file.
 *
 * @param isCut whether there are more
 */
record DiffText(List<CodeLine> lines, boolean isCut) {
  private static final Pattern HUNK = Pattern.compile("@@ -(\\d{1,9})(?:,\\d+)? \\+(\\d{1,9}).*");

  /** A longer line is no code that people read. */
  private static final int LONGEST = 1_000;

  /** At most {@code most} lines of {@code text}, which may have a header. */
  static DiffText of(String path, String text, int most) {
    Reading reading = new Reading(Language.of(path), most);
    reading.all(text);
    return new DiffText(List.copyOf(reading.taken), reading.isCut);
  }

  /** What a tool is to change, where each line has its mark and no number. */
  static List<CodeLine> change(String path, String text) {
    Reading reading = new Reading(Language.of(path), Integer.MAX_VALUE);
    reading.isInHunk = true;
    reading.all(text);
    return reading.taken.stream()
        .map(line -> new CodeLine(line.look(), "", "", line.mark(), line.tokens()))
        .toList();
  }

  private static final class Reading {
    private final Language language;
    private final int most;
    private final List<CodeLine> taken = new ArrayList<>();
    private Lexer before;
    private Lexer after;
    private boolean isInHunk;
    private boolean isCut;
    private int left;
    private int right;

    Reading(Language language, int most) {
      this.language = language;
      this.most = most;
      this.before = new Lexer(language);
      this.after = new Lexer(language);
    }

    /**
     * Lines end with LF alone: what else a file has in it begins none, or it could forge a header.
     */
    void all(String text) {
      int from = 0;
      while (from < text.length() && !isCut) {
        int end = text.indexOf('\n', from);
        take(text.substring(from, end < 0 ? text.length() : end));
        from = end < 0 ? text.length() : end + 1;
      }
    }

    private void take(String line) {
      Matcher hunk = HUNK.matcher(line);
      if (!hunk.matches() && !isInHunk) {
        return; // the header says what the page says elsewhere
      }
      if (taken.size() == most) {
        isCut = true;
      } else if (hunk.matches()) {
        begin(hunk, line);
      } else {
        taken.add(read(line));
      }
    }

    private void begin(Matcher hunk, String line) {
      isInHunk = true;
      before = new Lexer(language);
      after = new Lexer(language);
      left = Integer.parseInt(hunk.group(1));
      right = Integer.parseInt(hunk.group(2));
      taken.add(between(line));
    }

    private CodeLine read(String line) {
      char mark = line.isEmpty() ? ' ' : line.charAt(0);
      String bare = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
      String code = cut(PlainText.lines(bare.isEmpty() ? "" : bare.substring(1)));
      return switch (mark) {
        case '+' -> new CodeLine("add", "", "" + right++, "+", after.line(code));
        case '-' -> new CodeLine("del", "" + left++, "", "-", before.line(code));
        case ' ' -> {
          var _ = before.line(code);
          yield new CodeLine("same", "" + left++, "" + right++, " ", after.line(code));
        }
        default -> between(line);
      };
    }

    private static CodeLine between(String line) {
      return new CodeLine("hunk", "", "", " ", List.of(Token.plain(cut(PlainText.line(line)))));
    }

    private static String cut(String line) {
      return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
  }
}
