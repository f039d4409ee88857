package dev.knight.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.knight.doctor.Web.Reply;
import dev.knight.hygiene.PlainText;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.UnavailableException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Whether GitHub answers, and what it thinks of the token: kind, scopes, expiry, quota, clock. */
public final class TokenCheck implements Check {
  private static final String REACHED = "github.reached";
  private static final String TOKEN = "github.token";
  private static final String QUOTA = "github.quota";
  private static final String CLOCK = "clock";

  private static final String TOKEN_TITLE = "GitHub token";

  /** Nobody wants to hear of it earlier. */
  private static final Duration SOON = Duration.ofDays(7);

  /** An App signs with the time, and GitHub allows a minute. */
  private static final Duration ASKEW = Duration.ofMinutes(1);

  /** What a token for knight has no use for, and what is dangerous where an agent works. */
  private static final List<String> TOO_MUCH = List.of("admin:", "delete_", "site_admin", "write:");

  private final GitHubSite site;
  private final InstantSource clock;

  /** Asks {@code site}. */
  public TokenCheck(GitHubSite site, InstantSource clock) {
    this.site = site;
    this.clock = clock;
  }

  @Override
  public String id() {
    return TOKEN;
  }

  @Override
  public String title() {
    return "GitHub";
  }

  @Override
  public List<Result> look() {
    Reply limits;
    try {
      limits = site.get("/rate_limit");
    } catch (IOException | UnavailableException unreachable) {
      return List.of(unreachable(unreachable));
    } catch (MisconfiguredException none) {
      return List.of(Result.bad(TOKEN, TOKEN_TITLE, none));
    }
    List<Result> results = new ArrayList<>();
    results.add(reached(limits));
    skew(limits).ifPresent(results::add);
    if (limits.status() == 401) {
      results.add(unknown());
    } else if (limits.status() < 500) {
      results.add(token(limits));
      results.add(quota(limits));
    }
    return List.copyOf(results);
  }

  private Result unreachable(Exception failure) {
    return Result.bad(
        REACHED,
        "GitHub answers",
        "%s cannot be reached: %s"
            .formatted(site.api(), PlainText.line(String.valueOf(failure.getMessage()))),
        "see that this machine is online and knight.github.api-url is right: curl -sS -o /dev/null"
            + " -w '%{http_code}\\n' "
            + site.api());
  }

  private Result reached(Reply reply) {
    if (reply.status() >= 500) {
      return Result.doubtful(
          REACHED,
          "GitHub answers",
          "it has a problem of its own: " + site.message(reply),
          "wait, and look at https://www.githubstatus.com");
    }
    boolean isGitHub =
        reply.header("x-github-request-id").isPresent()
            || reply.header("x-github-media-type").isPresent();
    return isGitHub
        ? Result.good(REACHED, "GitHub answers", site.api().toString())
        : Result.doubtful(
            REACHED,
            "GitHub answers",
            "something answers at %s that does not look like GitHub".formatted(site.api()),
            "correct knight.github.api-url: https://api.github.com, or https://HOST/api/v3");
  }

  private Optional<Result> skew(Reply reply) {
    return date(reply)
        .map(date -> Duration.between(date, clock.instant()))
        .map(ahead ->
            ahead.abs().compareTo(ASKEW) <= 0
                ? Result.good(CLOCK, "Clock", "agrees with GitHub's")
                : Result.doubtful(
                    CLOCK,
                    "Clock",
                    "it is %d s %s GitHub's"
                        .formatted(
                            ahead.abs().toSeconds(), ahead.isNegative() ? "behind" : "ahead of"),
                    "sudo timedatectl set-ntp true"));
  }

  private static Optional<Instant> date(Reply reply) {
    try {
      return reply
          .header("date")
          .map(text -> Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
    } catch (DateTimeException notADate) {
      return Optional.empty();
    }
  }

  private Result unknown() {
    return Result.bad(
        TOKEN,
        TOKEN_TITLE,
        "GitHub does not know it (%s): it was revoked, has expired, or is for another GitHub"
            .formatted(site.kind().words()),
        "make a new one at %s and put it where the old one is: KNIGHT_GITHUB_TOKEN in secrets.env, or"
                .formatted(site.page(site.kind().page()))
            + " the file of knight.github.token-file");
  }

  private Result token(Reply reply) {
    String described = described(reply);
    if (site.kind().hasScopes() && reply.header("x-oauth-scopes").isPresent()) {
      return scoped(reply, described);
    }
    return expiring(reply, described).orElseGet(() -> Result.good(TOKEN, TOKEN_TITLE, described));
  }

  private Result scoped(Reply reply, String described) {
    NavigableSet<String> scopes = scopes(reply);
    String where = site.page(site.kind().page());
    if (!scopes.contains("repo") && !scopes.contains("public_repo")) {
      return Result.bad(
          TOKEN,
          TOKEN_TITLE,
          described + "; without the scope repo it can write nothing",
          "tick the scope repo at " + where);
    }
    Optional<Result> expiring = expiring(reply, described);
    if (expiring.isPresent()) {
      return expiring.get();
    }
    List<String> tooMuch =
        scopes.stream().filter(scope -> TOO_MUCH.stream().anyMatch(scope::startsWith)).toList();
    if (!tooMuch.isEmpty()) {
      return Result.doubtful(
          TOKEN,
          TOKEN_TITLE,
          "%s; it may do more than knight needs".formatted(described),
          "untick %s at %s".formatted(String.join(", ", tooMuch), where));
    }
    if (!scopes.contains("repo")) {
      return Result.doubtful(
          TOKEN,
          TOKEN_TITLE,
          described + "; it cannot write to private repositories",
          "tick the scope repo at " + where + ", if there are any");
    }
    return Result.good(
        TOKEN,
        TOKEN_TITLE,
        scopes.contains("workflow")
            ? described
            : described
                + "; cannot push changes of workflows, for which it needs the scope workflow");
  }

  private Optional<Result> expiring(Reply reply, String described) {
    return expiry(reply)
        .filter(end -> end.isBefore(clock.instant().plus(SOON)))
        .filter(_ -> site.kind() != TokenKind.APP)
        .map(_ ->
            Result.doubtful(
                TOKEN,
                TOKEN_TITLE,
                described + ", which is soon",
                "make a new one at %s before that".formatted(site.page(site.kind().page()))));
  }

  private String described(Reply reply) {
    StringBuilder words = new StringBuilder(site.kind().words());
    login().ifPresent(login -> words.append(" of ").append(login));
    if (site.kind().hasScopes()) {
      NavigableSet<String> scopes = scopes(reply);
      words.append(scopes.isEmpty() ? ", no scopes" : ", scopes " + String.join(", ", scopes));
    }
    expiry(reply)
        .filter(_ -> site.kind() != TokenKind.APP)
        .ifPresent(end ->
            words.append(", good until ").append(end.atOffset(ZoneOffset.UTC).toLocalDate()));
    return words.toString();
  }

  /** An App's token is nobody's: the App itself is asked. */
  private Optional<String> login() {
    try {
      if (site.kind() == TokenKind.APP) {
        return site.login();
      }
      String login = site.json(site.get("/user")).path("login").asText("");
      return Optional.of(PlainText.line(login)).filter(word -> !word.isEmpty());
    } catch (IOException | UnavailableException silent) {
      return Optional.empty();
    }
  }

  private static NavigableSet<String> scopes(Reply reply) {
    NavigableSet<String> scopes = new TreeSet<>();
    Stream.of(reply.header("x-oauth-scopes").orElse("").split(","))
        .map(String::strip)
        .filter(scope -> scope.matches("[a-z_:]{1,40}"))
        .forEach(scopes::add);
    return scopes;
  }

  /** GitHub writes {@code 2026-12-01 10:00:00 UTC}, or with an offset. */
  private static Optional<Instant> expiry(Reply reply) {
    String text = reply.header("github-authentication-token-expiration").orElse("").strip();
    try {
      return text.endsWith(" UTC")
          ? Optional.of(
              LocalDateTime.parse(
                      text.substring(0, text.length() - 4),
                      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss"))
                  .toInstant(ZoneOffset.UTC))
          : Optional.of(
              OffsetDateTime.parse(text, DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss Z"))
                  .toInstant());
    } catch (DateTimeException noExpiry) {
      return Optional.empty();
    }
  }

  private Result quota(Reply reply) {
    JsonNode core = site.json(reply).path("resources").path("core");
    long limit = core.path("limit").asLong(0);
    if (limit == 0) {
      return Result.skipped(QUOTA, "GitHub quota", "this GitHub has no limit, or does not tell it");
    }
    long left = core.path("remaining").asLong(0);
    Instant reset = Instant.ofEpochSecond(core.path("reset").asLong(0));
    String words =
        "%d of %d requests left until %s"
            .formatted(left, limit, reset.atOffset(ZoneOffset.UTC).toLocalTime() + " UTC");
    return left * 5 < limit
        ? Result.doubtful(
            QUOTA,
            "GitHub quota",
            words,
            "wait until then; give knight an account of its own, since all tokens of one share a"
                + " quota, or set a longer knight.polling.interval")
        : Result.good(QUOTA, "GitHub quota", words);
  }
}
