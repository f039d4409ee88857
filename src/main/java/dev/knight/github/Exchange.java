package dev.knight.github;

import dev.knight.job.UnavailableException;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * One question and its answer, judged. A read that meets something passing is repeated twice; a
 * write never is, since whether it was made is not known.
 */
final class Exchange implements AutoCloseable {
  private static final int REPETITIONS = 2;

  /** Each repetition waits so many times longer than the one before it. */
  private static final double GROWTH = 2;

  /** A renamed repository leads on once; more than this is a circle. */
  private static final int REDIRECTS = 3;

  private final GitHubSettings settings;
  private final Transport transport;
  private final RateLimits limits;
  private final InstantSource clock;
  private final Gate gate;
  private final Retry repeating;

  Exchange(
      GitHubSettings settings,
      TokenSource tokens,
      InstantSource clock,
      Waiter waiter,
      RequestListener listener) {
    this.settings = settings;
    this.transport = new Transport(settings);
    this.clock = clock;
    this.limits = new RateLimits(clock);
    this.gate = new Gate(transport, tokens, limits, clock, waiter, listener);
    this.repeating = repeating(settings.retryDelay());
  }

  private static Retry repeating(Duration delay) {
    return Retry.of(
        "read",
        RetryConfig.custom()
            .maxAttempts(1 + REPETITIONS)
            .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(delay, GROWTH))
            .retryOnException(Exchange::passesAtOnce)
            .build());
  }

  /** Whoever had no turn for minutes does not stand in the queue for as long again. */
  static boolean passesAtOnce(Throwable failure) {
    return failure instanceof UnavailableException passing
        && passing.retryAt().isEmpty()
        && !(passing.getCause() instanceof TimeoutException)
        && !Thread.currentThread().isInterrupted();
  }

  /** Whether GitHub has turned down the token that was sent last. */
  boolean isTokenRefused() {
    return gate.isTokenRefused();
  }

  Optional<Quota> quota() {
    return limits.quota();
  }

  /**
   * Reads {@code uri}: a whole JSON answer, or one that {@link Border#check} leaves to the caller.
   */
  HttpReply read(HttpAsk ask) {
    return repeating.executeSupplier(() -> once(ask));
  }

  /** Asks {@code uri} what only a body can ask; as repeatable as any read. */
  HttpReply query(URI uri, String body) {
    return repeating.executeSupplier(() -> judged(HttpAsk.query(uri, body)));
  }

  /** What an answer is that says, with whatever status, that the limit is used up. */
  UnavailableException limited(HttpReply reply) {
    return limits.limited(reply);
  }

  /** Writes, once. */
  HttpReply write(String method, URI uri, String body) {
    return judged(HttpAsk.write(method, uri, body));
  }

  /** Deletes, once. */
  HttpReply delete(URI uri) {
    return judged(HttpAsk.delete(uri));
  }

  private HttpReply once(HttpAsk ask) {
    HttpAsk next = ask;
    HttpReply reply = gate.pass(next);
    for (int hop = 0; reply.isRedirect() && hop < REDIRECTS; hop++) {
      next = next.to(followed(next, reply));
      reply = gate.pass(next);
    }
    return judge(next, reply);
  }

  /**
   * What {@code ask} leads to, which lies elsewhere: it is fetched from there without the token.
   *
   * @return at most the last {@code most} bytes as text, or empty if it is not there any more
   */
  Optional<String> download(HttpAsk ask, int most) {
    HttpReply reply = gate.pass(ask);
    if (reply.isRedirect()) {
      return transport.fetch(elsewhere(ask, reply), most);
    }
    Border.check(ask, reply, limits, clock.instant());
    return reply.status() == 200 ? Optional.of(reply.body()) : Optional.empty();
  }

  /** Where a download lies: on a host of GitHub's choice, behind TLS unless the API is not. */
  private URI elsewhere(HttpAsk ask, HttpReply reply) {
    try {
      URI target = ask.uri().resolve(reply.header("location").orElse(""));
      if ("https".equals(target.getScheme()) || settings.isOnWeb(target)) {
        return target;
      }
    } catch (IllegalArgumentException notAnAddress) {
      throw new UnavailableException(
          "GitHub's answer to '%s' leads nowhere.".formatted(ask), notAnAddress);
    }
    throw new UnavailableException(
        "GitHub's answer to '%s' leads to where nothing is read without TLS.".formatted(ask),
        Optional.empty());
  }

  private HttpReply judged(HttpAsk ask) {
    return judge(ask, gate.pass(ask));
  }

  private HttpReply judge(HttpAsk ask, HttpReply reply) {
    Border.check(ask, reply, limits, clock.instant());
    if (reply.isSuccess() && reply.status() != 204) {
      Json.parse(reply.body());
    }
    return reply;
  }

  /** Where a redirect leads. The token is shown to no other host, so nothing else is followed. */
  private URI followed(HttpAsk ask, HttpReply reply) {
    try {
      URI target = ask.uri().resolve(reply.header("location").orElse(""));
      if (settings.isOnApi(target)) {
        return target;
      }
    } catch (IllegalArgumentException notAnAddress) {
      throw new UnavailableException(
          "GitHub's answer to '%s' leads nowhere.".formatted(ask), notAnAddress);
    }
    throw new UnavailableException(
        "GitHub's answer to '%s' leads to another host, and knight does not go there."
            .formatted(ask),
        Optional.empty());
  }

  @Override
  public void close() {
    transport.close();
  }
}
