package dev.knight.job;

import java.util.OptionalLong;

/**
 * What a review says on one place of a pull request's change.
 *
 * @param comment GitHub's number of the comment
 * @param thread the number of the first comment of its thread: its own, unless it is an answer
 * @param commit the head of the branch that its writer looked at
 * @param path the file, as the change names it
 * @param line where in it, from 1; empty if that line is not there any more
 * @param hunk what of the change it stands on, as a piece of a diff; may be cut
 * @param text what it says
 */
public record Remark(
    long comment,
    long thread,
    String commit,
    String path,
    OptionalLong line,
    String hunk,
    String text) {}
