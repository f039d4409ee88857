package dev.knight.rehearsal;

import dev.knight.job.Subject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What all repositories of a {@link World} share: numbers, time, accounts and who was told what.
 */
final class Register {
  /** Above 2^31, as the ids of today's comments are. */
  private static final long FIRST_ID = 3_000_000_000L;

  private static final long FIRST_ACCOUNT = 150_000_001L;

  private final InstantSource clock;
  private final Map<String, Account> accounts = new LinkedHashMap<>();
  private final List<Notification> notifications = new ArrayList<>();
  private long nextId = FIRST_ID;
  private volatile Duration lag = Duration.ZERO;

  Register(InstantSource clock) {
    this.clock = clock;
  }

  long nextId() {
    return nextId++;
  }

  /** The time in whole seconds, as GitHub keeps it. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  /** The time to the nanosecond, which GitHub does not show. */
  Instant instant() {
    return clock.instant();
  }

  /** What happened later than this is not in any list yet. */
  Instant listedUntil() {
    return clock.instant().minus(lag);
  }

  void lag(Duration behind) {
    lag = behind;
  }

  Account add(String login, boolean bot) {
    Account account = new Account(FIRST_ACCOUNT + accounts.size(), login, bot);
    accounts.put(login.toLowerCase(Locale.ROOT), account);
    return account;
  }

  Optional<Account> account(String login) {
    return Optional.ofNullable(accounts.get(login.toLowerCase(Locale.ROOT)));
  }

  Collection<Account> accounts() {
    return List.copyOf(accounts.values());
  }

  /** Tells everybody whom the new text mentions and the old one did not, but not its author. */
  void told(Subject subject, long comment, Account author, Optional<String> before, String now) {
    Set<String> already = before.map(Mentions::in).orElse(Set.of());
    for (String login : Mentions.in(now)) {
      boolean news = !already.contains(login) && !login.equalsIgnoreCase(author.login());
      if (news && account(login).isPresent()) {
        String known = account(login).get().login();
        notifications.add(new Notification(known, subject, comment, before.isPresent(), now()));
      }
    }
  }

  List<Notification> notifications() {
    return List.copyOf(notifications);
  }
}
