package dev.knight.doctor;

import dev.knight.job.MisconfiguredException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one look has shown.
 *
 * @param id stays the same from version to version, as {@code github.token}
 * @param title what was looked at, in a few words for people
 * @param verdict whether it is as it has to be
 * @param reason what was found, as a sentence without its full stop; may be empty
 * @param mend the exact command or edit that mends it; empty where there is nothing to mend
 * @param fix what knight can do about it by itself, without risk
 */
public record Result(
    String id, String title, Verdict verdict, String reason, String mend, Optional<Fix> fix) {

  /** The id of the result that says that nobody has set anything yet. */
  public static final String UNSET = "settings.none";

  /** Whether something is as it has to be. */
  public enum Verdict {
    /** It is. */
    GOOD,
    /** It works, but somebody should look at it. */
    DOUBTFUL,
    /** Knight cannot do its work so, or should not. */
    BAD,
    /** It could not be looked at, or there is nothing to look at. */
    SKIPPED
  }

  /** All is well. */
  public static Result good(String id, String title, String reason) {
    return new Result(id, title, Verdict.GOOD, reason, "", Optional.empty());
  }

  /** It works, but somebody should look at it. */
  public static Result doubtful(String id, String title, String reason, String mend) {
    return new Result(id, title, Verdict.DOUBTFUL, reason, mend, Optional.empty());
  }

  /** Knight cannot do its work so. */
  public static Result bad(String id, String title, String reason, String mend) {
    return new Result(id, title, Verdict.BAD, reason, mend, Optional.empty());
  }

  /** It could not be looked at. */
  public static Result skipped(String id, String title, String reason) {
    return new Result(id, title, Verdict.SKIPPED, reason, "", Optional.empty());
  }

  /** What {@code wrong} says, which has its mend after the first colon. */
  public static Result bad(String id, String title, MisconfiguredException wrong) {
    String said = String.valueOf(wrong.getMessage());
    int colon = said.indexOf(": ");
    return colon < 0
        ? bad(id, title, said, "")
        : bad(id, title, said.substring(0, colon), said.substring(colon + 2));
  }

  /** The same, where knight can do {@code fix} by itself. */
  public Result mendedBy(Fix fix) {
    return new Result(id, title, verdict, reason, mend, Optional.of(fix));
  }

  /** The same as names and values, as {@code --json} prints it. */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", id);
    fields.put("title", title);
    fields.put("verdict", word());
    fields.put("reason", reason);
    fields.put("mend", mend);
    fields.put("fixable", fix.isPresent());
    return fields;
  }

  private String word() {
    return switch (verdict) {
      case GOOD -> "good";
      case DOUBTFUL -> "doubtful";
      case BAD -> "bad";
      case SKIPPED -> "skipped";
    };
  }
}
