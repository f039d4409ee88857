package dev.knight.github;

/**
 * A thread of comments on a place of a pull request.
 *
 * @param id GitHub's node id
 * @param comment the number of its first comment
 * @param resolved whether somebody marked it as settled
 */
public record ReviewThread(String id, long comment, boolean resolved) {}
