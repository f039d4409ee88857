package dev.knight.job;

/**
 * What a model read and wrote, as its provider counts.
 *
 * @param input read, without what a cache had or took
 * @param output written, thoughts included
 * @param cacheRead read from the provider's cache
 * @param cacheWrite read and put into it
 */
public record Tokens(long input, long output, long cacheRead, long cacheWrite) {
  /** Nothing. */
  public static final Tokens NONE = new Tokens(0, 0, 0, 0);

  /** All that was read, wherever it came from. */
  public long read() {
    return input + cacheRead + cacheWrite;
  }
}
