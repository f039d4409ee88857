package dev.knight.git;

import dev.knight.job.MisconfiguredException;
import dev.knight.job.RefusedException;
import dev.knight.job.RepositoryName;
import dev.knight.job.Side;
import dev.knight.job.UnavailableException;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says who must act when the other side does not do what git asked. */
final class RemoteErrors {
  private static final int LONGEST_QUOTE = 500;
  private static final long LONGEST_WAIT_SECONDS = 86_400;
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\s]+");
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");
  private static final Pattern RACE =
      Pattern.compile(
          "(?i)fetch first|non-fast-forward|cannot lock ref|failed to (update|lock)|stale info"
              + "|reference already exists|fast.forward");
  private static final Pattern WORKFLOW =
      Pattern.compile("(?i)refusing to allow .{0,200}workflow", Pattern.DOTALL);
  private static final Pattern TOO_LARGE = Pattern.compile("GH001|(?i)exceeds GitHub's file size");
  private static final Pattern PROTECTED = Pattern.compile("GH006|(?i)protected branch");
  private static final Pattern RULES = Pattern.compile("GH009|GH013|(?i)repository rule");
  private static final Pattern BROKEN =
      Pattern.compile("(?i)internal (server )?error|unpack|timed? ?out|temporar|try again");

  private final InstantSource clock;

  RemoteErrors(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * What a failed call means.
   *
   * @param aim completes "Cannot ..."
   */
  RuntimeException of(String aim, RepositoryName name, LastAnswer answer, IOException cause) {
    int status = answer.status();
    if (status == 401) {
      return new MisconfiguredException(
          Side.GIT,
          "Cannot %s: the token was not accepted. Check knight.github.token, then run: knight doctor"
              .formatted(aim),
          cause);
    }
    if (status == 403) {
      return misconfigured(aim, "the token lacks the permission (contents: write)", cause);
    }
    if (status == 404 || status == 410 || status == 451) {
      String there = "%s is not there, or not for this token".formatted(name);
      return misconfigured(aim, there + ". Check knight.github.repositories", cause);
    }
    if (status >= 300 && status < 400) {
      String moved = "it has moved. Put its new name into knight.github.repositories";
      return misconfigured(aim, moved, cause);
    }
    if (status >= 400 && status < 500 && status != 408 && status != 429) {
      return new IllegalStateException("Cannot %s: HTTP %d".formatted(aim, status), cause);
    }
    String why = status >= 400 ? "the server answered HTTP " + status : quoted(cause.getMessage());
    return new UnavailableException(
        Side.GIT, "Cannot %s: %s. knight tries again".formatted(aim, why), retryAt(answer), cause);
  }

  private static MisconfiguredException misconfigured(String aim, String why, IOException cause) {
    return new MisconfiguredException(
        "Cannot %s: %s, then run: knight doctor".formatted(aim, why), cause);
  }

  private Optional<Instant> retryAt(LastAnswer answer) {
    return answer
        .retryAfter()
        .filter(text -> SECONDS.matcher(text).matches())
        .map(Long::parseLong)
        .map(seconds -> clock.instant().plusSeconds(Math.min(seconds, LONGEST_WAIT_SECONDS)));
  }

  /** Whether {@code said} means that the branch moved while the push was under way. */
  static boolean isRace(String said) {
    return RACE.matcher(said).find() && !PROTECTED.matcher(said).find();
  }

  /** What it means that the server took the commit but refused to move the branch. */
  RuntimeException rejected(String aim, String said) {
    if (WORKFLOW.matcher(said).find()) {
      return refused(
          aim,
          "the change touches a workflow file, and knight's token may not change those. Make that part of the change yourself",
          said);
    }
    if (TOO_LARGE.matcher(said).find()) {
      return refused(aim, "it holds a file that is too large for GitHub", said);
    }
    if (PROTECTED.matcher(said).find()) {
      return refused(aim, "the branch is protected", said);
    }
    if (RULES.matcher(said).find()) {
      return refused(aim, "a rule of the repository or its push protection forbids it", said);
    }
    if (BROKEN.matcher(said).find() || isRace(said) || said.isBlank()) {
      return new UnavailableException(
          "Cannot %s: the server said '%s'. knight tries again".formatted(aim, quoted(said)),
          Optional.empty());
    }
    return refused(aim, "the server refused it", said);
  }

  private static RefusedException refused(String aim, String why, String said) {
    return new RefusedException(
        "Cannot %s: %s. The server said: %s".formatted(aim, why, quoted(said)));
  }

  /** The other side's words on one line, without what could lead a terminal astray. */
  private static String quoted(@Nullable String said) {
    Matcher control = CONTROL.matcher(said == null ? "no answer" : said.strip());
    String line = control.replaceAll(" ");
    return line.length() <= LONGEST_QUOTE ? line : line.substring(0, LONGEST_QUOTE) + "…";
  }
}
