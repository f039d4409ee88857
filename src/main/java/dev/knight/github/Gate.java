package dev.knight.github;

import dev.knight.job.MisconfiguredException;
import dev.knight.job.Secret;
import dev.knight.job.Side;
import dev.knight.job.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one way out: one request at a time, in the order of coming; a second between writes, in which
 * others may read; nothing while GitHub wants a pause, nor with a token that it has just turned
 * down.
 */
final class Gate {
  /** GitHub's advice for a client that writes. */
  private static final Duration BETWEEN_WRITES = Duration.ofSeconds(1);

  /** Repeated bad logins lock an account out. */
  private static final Duration BETWEEN_BAD_LOGINS = Duration.ofMinutes(5);

  /** Longer than a slow request and the one before it take; then something is stuck. */
  private static final Duration LONGEST_QUEUE = Duration.ofMinutes(3);

  private final Transport transport;
  private final TokenSource tokens;
  private final RateLimits limits;
  private final InstantSource clock;
  private final Waiter waiter;
  private final RequestListener listener;
  private final ReentrantLock requests = new ReentrantLock(true);
  private final ReentrantLock writes = new ReentrantLock(true);
  private Instant nextWrite = Instant.MIN;
  private volatile Optional<String> badToken = Optional.empty();
  private Instant badUntil = Instant.MIN;

  /** A request whose turn it is. */
  @FunctionalInterface
  private interface Sending {
    HttpReply send() throws InterruptedException;
  }

  Gate(
      Transport transport,
      TokenSource tokens,
      RateLimits limits,
      InstantSource clock,
      Waiter waiter,
      RequestListener listener) {
    this.listener = listener;
    this.transport = transport;
    this.tokens = tokens;
    this.limits = limits;
    this.clock = clock;
    this.waiter = waiter;
  }

  /** Sends {@code ask} when its turn comes. The answer may be a refusal. */
  HttpReply pass(HttpAsk ask) {
    try {
      return ask.isWrite() ? inTurn(writes, () -> write(ask)) : inTurn(requests, () -> send(ask));
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("A request to GitHub was called off.", stop);
    }
  }

  private HttpReply inTurn(ReentrantLock queue, Sending sending) throws InterruptedException {
    if (!queue.tryLock(LONGEST_QUEUE.toSeconds(), TimeUnit.SECONDS)) {
      throw new UnavailableException(
          Side.GITHUB,
          "Too many requests to GitHub wait.",
          Optional.empty(),
          new TimeoutException("No turn in " + LONGEST_QUEUE));
    }
    try {
      return sending.send();
    } finally {
      queue.unlock();
    }
  }

  /** What only reads goes on while a write waits for its second. */
  private HttpReply write(HttpAsk ask) throws InterruptedException {
    limits.check(); // what will be refused keeps nobody waiting
    awaitWrite();
    try {
      return inTurn(requests, () -> send(ask));
    } finally {
      nextWrite = clock.instant().plus(BETWEEN_WRITES);
    }
  }

  /** Whether GitHub has turned down the token that was sent last. */
  boolean isTokenRefused() {
    return badToken.isPresent();
  }

  private HttpReply send(HttpAsk ask) {
    limits.check();
    Secret token = tokens.token();
    refuseBad(token);
    HttpReply reply = sent(ask, token);
    return reply.status() == 401 ? sentAgain(ask, token, reply) : reply;
  }

  private HttpReply sent(HttpAsk ask, Secret token) {
    HttpReply reply = heard(ask, token);
    limits.note(reply);
    noteLogin(reply, token);
    return reply;
  }

  /**
   * Nothing was done for a token that GitHub does not know. If there is another now, it is used.
   */
  private HttpReply sentAgain(HttpAsk ask, Secret refused, HttpReply reply) {
    Secret other = tokens.token();
    return other.reveal().equals(refused.reveal()) ? reply : sent(ask, other);
  }

  private HttpReply heard(HttpAsk ask, Secret token) {
    RequestListener.Result result = RequestListener.Result.UNREACHABLE;
    try {
      HttpReply reply = transport.send(ask, token);
      result = RequestListener.Result.of(reply);
      return reply;
    } finally {
      listener.asked(ask.kind(), result);
    }
  }

  private void awaitWrite() throws InterruptedException {
    Instant now = clock.instant();
    if (now.isBefore(nextWrite)) {
      // Never more than the second itself, should the clock have been set back.
      Duration left = Duration.between(now, nextWrite);
      waiter.await(left.compareTo(BETWEEN_WRITES) > 0 ? BETWEEN_WRITES : left);
    }
  }

  private void refuseBad(Secret token) {
    boolean same = badToken.filter(bad -> bad.equals(token.reveal())).isPresent();
    if (same && clock.instant().isBefore(badUntil)) {
      throw badLogin();
    }
  }

  private void noteLogin(HttpReply reply, Secret token) {
    if (Border.isBadLogin(reply)) {
      badToken = Optional.of(token.reveal());
      badUntil = clock.instant().plus(BETWEEN_BAD_LOGINS);
      tokens.refused(token);
    } else {
      badToken = Optional.empty();
    }
  }

  /** The sentence for a token that GitHub turns down. */
  static MisconfiguredException badLogin() {
    return new MisconfiguredException(
        Side.GITHUB,
        "GitHub does not accept the token: it is wrong, expired or revoked. Set"
            + " knight.github.token or knight.github.token-file again; knight doctor looks at it.",
        null);
  }
}
