package dev.knight.github;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** The account that the token belongs to: asked often, and it changes only with the token. */
final class OwnAccount {
  /** A login may be renamed; the number stays. */
  private static final Duration KEPT = Duration.ofMinutes(5);

  private final TokenSource tokens;
  private final Exchange exchange;
  private final InstantSource clock;
  private volatile Optional<Known> known = Optional.empty();

  OwnAccount(TokenSource tokens, Exchange exchange, InstantSource clock) {
    this.tokens = tokens;
    this.exchange = exchange;
    this.clock = clock;
  }

  private record Known(String token, Account account, Instant until) {}

  /** The account as it is known for this token, or as {@code ask} finds it. */
  Account account(Supplier<Account> ask) {
    String token = tokens.token().reveal();
    Instant now = clock.instant();
    Optional<Account> kept =
        known
            .filter(it -> it.token().equals(token) && now.isBefore(it.until()))
            .filter(_ -> !exchange.isTokenRefused())
            .map(Known::account);
    return kept.orElseGet(() -> asked(token, ask.get(), now));
  }

  private Account asked(String token, Account account, Instant now) {
    known = Optional.of(new Known(token, account, now.plus(KEPT)));
    return account;
  }
}
