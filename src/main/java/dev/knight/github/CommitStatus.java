package dev.knight.github;

/**
 * What an older kind of CI says of a commit.
 *
 * @param context its name
 * @param conclusion how it stands
 * @param description what it says of itself
 */
public record CommitStatus(String context, Conclusion conclusion, String description) {}
