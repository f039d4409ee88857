package dev.knight.gateway;

import dev.knight.job.Tokens;
import java.util.OptionalLong;

/**
 * What an answer used, as it says itself while it passes. A provider that counts as it goes on is
 * taken at its highest word. Numbers that cannot be are not heard, and nothing that comes breaks
 * anything.
 */
final class Reading implements JsonSkim.Ear {
  /** A hundred times what a model reads at once. */
  private static final long MOST = 100_000_000;

  /** What a token is at least, in bytes of a question or letters of an answer, on the average. */
  private static final int LETTERS = 4;

  /** What an answer may have that says nothing of it: more than pi asks of a model it knows not. */
  private static final long LONG_ANSWER = 32_768;

  /** More than any model gives at once. */
  private static final long LONGEST_ANSWER = 1_000_000;

  private final Api api;
  private final Events events = new Events(this);
  private long read = -1;
  private long written = -1;
  private long thought = -1;
  private long cacheRead = -1;
  private long cacheWrite = -1;
  private long letters;
  private boolean last;

  /** What an answer has used; {@code estimated} where the provider did not say all of it. */
  record Result(Tokens tokens, boolean estimated) {}

  Reading(Api api) {
    this.api = api;
  }

  /** The next piece of the answer. */
  void feed(byte[] bytes) {
    events.feed(bytes);
  }

  @Override
  public void number(String place, long value) {
    if (value < 0 || value > MOST) {
      return;
    }
    switch (api.count(place)) {
      case READ -> read = Math.max(read, value);
      case WRITTEN -> {
        written = Math.max(written, value);
        last = last || api.isLast(place);
      }
      case THOUGHT -> thought = Math.max(thought, value);
      case CACHE_READ -> cacheRead = Math.max(cacheRead, value);
      case CACHE_WRITE -> cacheWrite = Math.max(cacheWrite, value);
      case NOTHING -> {}
    }
  }

  @Override
  public void word(String place, int length) {
    if (api.isWritten(place)) {
      letters += length;
    }
    last = last || api.isLast(place);
  }

  /** Whether the answer has said that this is all that it used. */
  boolean isTold() {
    return last && isSaid();
  }

  private boolean isSaid() {
    return read >= 0 && (written >= 0 || thought >= 0) && said().read() + said().output() > 0;
  }

  /** What was said so far; nothing of it is guessed. */
  Tokens said() {
    long cached = Math.max(0, cacheRead);
    long stored = Math.max(0, cacheWrite);
    long output = Math.max(0, written) + Math.max(0, thought);
    long all = Math.max(0, read);
    if (!api.countsCacheAsRead()) {
      return new Tokens(all, output, cached, stored);
    }
    long fromCache = Math.min(cached, all);
    long intoCache = Math.min(stored, all - fromCache);
    return new Tokens(all - fromCache - intoCache, output, fromCache, intoCache);
  }

  /**
   * What it all came to, once there is no more. Where the provider did not say, it is guessed from
   * the length of what was asked and answered, and is never nothing.
   *
   * @param asked the bytes of the question
   */
  Result result(long asked) {
    Tokens said = said();
    if (isSaid() && (last || !api.goesOnCounting())) {
      return new Result(said, false);
    }
    Tokens guessed = guess(asked);
    boolean heard = read >= 0 && said.read() > 0;
    return new Result(
        new Tokens(
            heard ? said.input() : guessed.input(),
            Math.max(said.output(), 1 + letters / LETTERS),
            heard ? said.cacheRead() : 0,
            heard ? said.cacheWrite() : 0),
        true);
  }

  /**
   * The same, where nobody waited for the end: as if the answer had become as long as it may.
   *
   * @param most how many tokens it may have, if that was said
   */
  Result worst(long asked, OptionalLong most) {
    Result seen = result(asked);
    if (isTold()) {
      return seen;
    }
    Tokens tokens = seen.tokens();
    long output = Math.max(tokens.output(), Math.min(most.orElse(LONG_ANSWER), LONGEST_ANSWER));
    return new Result(
        new Tokens(tokens.input(), output, tokens.cacheRead(), tokens.cacheWrite()), true);
  }

  /** What a question of {@code bytes} uses, if nothing comes of it. */
  static Tokens guess(long bytes) {
    return new Tokens(1 + bytes / LETTERS, 1, 0, 0);
  }
}
