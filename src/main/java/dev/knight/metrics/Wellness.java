package dev.knight.metrics;

import dev.knight.job.FigureStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.jboss.logging.Logger;

/**
 * Whether this knight can do its work. Anybody may ask, and as often as they like: an answer is
 * kept for some seconds, and tells no more than a word.
 */
public final class Wellness {
  private static final Logger LOG = Logger.getLogger(Wellness.class);

  private static final Duration FRESH = Duration.ofSeconds(5);

  /** A round waits for GitHub at most for so long. */
  private static final Duration LONGEST_ROUND = Duration.ofMinutes(10);

  /** With less no job is begun. */
  private static final long LEAST_DISK = 256L << 20;

  private final FigureStore store;
  private final Surroundings surroundings;
  private final InstantSource clock;

  /** Looks at {@code store} and {@code surroundings}. */
  public Wellness(FigureStore store, Surroundings surroundings, InstantSource clock) {
    this.store = store;
    this.surroundings = surroundings;
    this.clock = clock;
  }

  /** Whether the store answers, and takes what is written. */
  public HealthCheck storeCheck() {
    return check("store", this::storeTrouble);
  }

  /** Whether GitHub is looked at. */
  public HealthCheck pollerCheck() {
    return check("poller", this::pollerTrouble);
  }

  /** Whether GitHub accepts the token. */
  public HealthCheck tokenCheck() {
    return check(
        "github-token",
        () ->
            surroundings.isTokenRefused()
                ? Optional.of("GitHub does not accept it")
                : Optional.empty());
  }

  /** Whether the disk has room. */
  public HealthCheck diskCheck() {
    return check("disk", this::diskTrouble);
  }

  private HealthCheck check(String name, Supplier<Optional<String>> trouble) {
    Kept<Optional<String>> kept = new Kept<>(trouble, FRESH, clock);
    return () -> {
      Optional<String> found = kept.get();
      var response = HealthCheckResponse.named(name).status(found.isEmpty());
      found.ifPresent(reason -> response.withData("reason", reason));
      return response.build();
    };
  }

  private Optional<String> storeTrouble() {
    if (surroundings.storeTrouble().isPresent()) {
      return Optional.of("it takes nothing more");
    }
    try {
      store.census();
      return Optional.empty();
    } catch (RuntimeException unreadable) {
      LOG.warnf("The store does not answer: %s", unreadable.getMessage());
      return Optional.of("it does not answer");
    }
  }

  private Optional<String> pollerTrouble() {
    Instant oldest = clock.instant().minus(LONGEST_ROUND);
    return surroundings.polled().filter(round -> round.isBefore(oldest)).isPresent()
        ? Optional.of("it hangs")
        : Optional.empty();
  }

  private Optional<String> diskTrouble() {
    var free = surroundings.freeBytes();
    return free.isPresent() && free.getAsLong() < LEAST_DISK
        ? Optional.of("it is nearly full")
        : Optional.empty();
  }
}
