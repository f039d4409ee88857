package dev.knight.github;

import dev.knight.job.MisconfiguredException;
import dev.knight.job.Secret;
import dev.knight.job.Side;
import dev.knight.job.UnavailableException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a GitHub App's installation. One lives for an hour; the next is made ten minutes
 * before its end, or when GitHub refuses it.
 */
public final class AppTokens implements TokenSource, AutoCloseable {
  private static final Duration AHEAD = Duration.ofMinutes(10);

  /** Repeated bad logins lock an account out. */
  private static final Duration BETWEEN_REFUSALS = Duration.ofMinutes(5);

  private static final Pattern TOKEN = Pattern.compile("[!-~]{1,4096}");
  private static final Pattern SLUG = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,89}");

  private final AppKey key;
  private final Addresses addresses;
  private final Transport transport;
  private final RateLimits limits;
  private final InstantSource clock;
  private final Consumer<Secret> made;
  private final ReentrantLock turn = new ReentrantLock();
  private @Nullable Minted minted;
  private @Nullable Refusal refusal;
  private volatile @Nullable String login;

  /**
   * The tokens that {@code key} makes at the GitHub of {@code settings}.
   *
   * @param made is told each new token before anybody uses it
   */
  public AppTokens(
      GitHubSettings settings, AppKey key, InstantSource clock, Consumer<Secret> made) {
    this.key = key;
    this.addresses = new Addresses(settings.apiUrl());
    this.transport = new Transport(settings);
    this.limits = new RateLimits(clock);
    this.clock = clock;
    this.made = made;
  }

  private record Minted(Secret token, Instant at, Instant expires) {
    boolean isFreshAt(Instant now) {
      return now.isBefore(expires.minus(AHEAD));
    }

    boolean isValidAt(Instant now) {
      return now.isBefore(expires);
    }
  }

  private record Refusal(String sentence, Instant until) {}

  @Override
  public Secret token() {
    turn.lock();
    try {
      Instant now = clock.instant();
      Minted known = minted;
      if (known != null && known.isFreshAt(now)) {
        return known.token();
      }
      return renewed(known, now).token();
    } finally {
      turn.unlock();
    }
  }

  /** What GitHub refuses though it is young is not made again at once. */
  @Override
  public void refused(Secret token) {
    turn.lock();
    try {
      Minted known = minted;
      if (known != null
          && known.token().reveal().equals(token.reveal())
          && known.at().plus(BETWEEN_REFUSALS).isBefore(clock.instant())) {
        minted = null;
      }
    } finally {
      turn.unlock();
    }
  }

  @Override
  public Optional<String> login() {
    String known = login;
    if (known == null) {
      known = slug() + "[bot]";
      login = known;
    }
    return Optional.of(known);
  }

  private String slug() {
    turn.lock();
    try {
      return ask(HttpAsk.read(addresses.app()), clock.instant()).text("slug", SLUG);
    } finally {
      turn.unlock();
    }
  }

  /** A token that still lives bridges an outage of GitHub. */
  private Minted renewed(@Nullable Minted known, Instant now) {
    try {
      return mint(now);
    } catch (UnavailableException away) {
      if (known != null && known.isValidAt(now)) {
        return known;
      }
      throw away;
    }
  }

  private Minted mint(Instant now) {
    URI address = addresses.installationToken(key.installation());
    Fields fields = ask(HttpAsk.write("POST", address, "{}"), now);
    Secret token = new Secret(fields.text("token", TOKEN));
    made.accept(token);
    Minted fresh = new Minted(token, now, fields.instant("expires_at"));
    minted = fresh;
    return fresh;
  }

  private Fields ask(HttpAsk ask, Instant now) {
    Refusal known = refusal;
    if (known != null && now.isBefore(known.until())) {
      throw new MisconfiguredException(Side.GITHUB, known.sentence(), null);
    }
    limits.check();
    HttpReply reply = transport.send(ask, key.signed(now));
    limits.note(reply);
    if (reply.isSuccess()) {
      refusal = null;
      return new Fields(Json.parse(reply.body()));
    }
    Optional<String> sentence = sentence(reply);
    if (sentence.isPresent() && !RateLimits.isLimit(reply)) {
      refusal = new Refusal(sentence.get(), now.plus(BETWEEN_REFUSALS));
      throw new MisconfiguredException(Side.GITHUB, sentence.get(), null);
    }
    Border.check(ask, reply, limits, now);
    throw Border.refused("a token for the GitHub App", reply);
  }

  private Optional<String> sentence(HttpReply reply) {
    return switch (reply.status()) {
      case 401 ->
          Optional.of(
              "GitHub does not accept the key of App %d: check knight.github.app.id, and that"
                      .formatted(key.id())
                  + " private-key-file holds a key of that App, and this machine's clock.");
      case 403 ->
          Optional.of(
              "GitHub gives App %d no token (%s): look at the App's installation, it may be suspended."
                  .formatted(key.id(), Border.message(reply)));
      case 404 ->
          Optional.of(
              "GitHub App %d has no installation %d: install it on the account that owns the"
                      .formatted(key.id(), key.installation())
                  + " repositories, and set knight.github.app.installation-id to the number at the"
                  + " end of that page's address.");
      default -> Optional.empty();
    };
  }

  /** Ends its connections. */
  @Override
  public void close() {
    transport.close();
  }
}
