package dev.knight.job;

/**
 * The last {@code .knight.yml} of a repository that could be read.
 *
 * @param text the file
 * @param reported the blob id of the broken one that was reported last, or empty
 */
public record RepositoryConfigCopy(String text, String reported) {}
