package dev.knight.git;

import java.util.Map;
import org.eclipse.jgit.attributes.Attribute;
import org.jspecify.annotations.Nullable;

/**
 * How the lines of a file end in a worktree, by git's rules for a machine where they end with LF:
 * what is committed has LF, but for a content that is taken as it is.
 */
enum LineEndings {
  /** Whatever the bytes are. */
  KEPT,
  LF,
  CRLF,
  /** LF, if git takes it for text. */
  GUESSED_LF,
  /** CRLF, if git takes it for text. */
  GUESSED_CRLF;

  /** The attributes that they follow from; {@code crlf} is the old name of {@code text}. */
  static final String TEXT = "text";

  static final String EOL = "eol";
  static final String OLD_TEXT = "crlf";

  /** What the attributes of a file come to, by their names. */
  static LineEndings of(Map<String, Attribute> said) {
    @Nullable LineEndings text = text(said.get(TEXT));
    @Nullable LineEndings kind = text == null ? text(said.get(OLD_TEXT)) : text;
    String eol = value(said.get(EOL));
    if (kind == null) {
      return eol.equals("crlf") ? CRLF : eol.equals("lf") ? LF : KEPT;
    }
    return eol.equals("crlf") ? kind.asCrlf() : kind;
  }

  private static @Nullable LineEndings text(@Nullable Attribute said) {
    if (said == null) {
      return null;
    }
    return switch (said.getState()) {
      case SET -> LF;
      case UNSET -> KEPT;
      case UNSPECIFIED -> null;
      case CUSTOM ->
          switch (value(said)) {
            case "auto" -> GUESSED_LF;
            case "input" -> LF;
            default -> null;
          };
    };
  }

  private static String value(@Nullable Attribute said) {
    @Nullable String value = said == null ? null : said.getValue();
    return value == null ? "" : value;
  }

  private LineEndings asCrlf() {
    return switch (this) {
      case KEPT -> KEPT;
      case LF, CRLF -> CRLF;
      case GUESSED_LF, GUESSED_CRLF -> GUESSED_CRLF;
    };
  }

  /** Whether a checkout may write other bytes than were committed. */
  boolean mayWriteCrlf() {
    return this == CRLF || this == GUESSED_CRLF;
  }

  /** Whether a checkout writes CRLF where what was {@code committed} has LF alone. */
  boolean writesCrlf(Census committed) {
    return switch (this) {
      case KEPT, LF, GUESSED_LF -> false;
      case CRLF -> committed.hasLf();
      case GUESSED_CRLF -> committed.hasLf() && !committed.hasCrlf() && committed.isText();
    };
  }

  /**
   * Whether LF is committed where {@code file} has CRLF.
   *
   * @param before what was committed before; nothing if it is new
   */
  boolean commitsLf(Census file, Census before) {
    return switch (this) {
      case KEPT -> false;
      case LF, CRLF -> file.hasCrlf();
      case GUESSED_LF, GUESSED_CRLF ->
          file.hasCrlf() && file.isText() && !(before.hasCrlf() && before.isText());
    };
  }
}
