package dev.knight.policy;

/**
 * How much a person looks through without being told to.
 *
 * @param files changed at once
 * @param lines added and deleted
 * @param fileBytes of one file
 * @param binaryBytes of one file that is not text
 * @param allBytes of all changed files together
 */
public record PolicyLimits(int files, long lines, int fileBytes, int binaryBytes, long allBytes) {
  /** What is usual. */
  public static PolicyLimits standard() {
    return new PolicyLimits(1_000, 20_000, 4 << 20, 1 << 20, 64L << 20);
  }
}
