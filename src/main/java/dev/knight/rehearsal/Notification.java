package dev.knight.rehearsal;

import dev.knight.job.Subject;
import java.time.Instant;

/**
 * What GitHub would have told a person who was mentioned.
 *
 * @param login the person
 * @param subject the issue or pull request where it happened
 * @param commentId the comment that mentions, 0 for the body of the issue or pull request
 * @param byEdit whether the mention came with a later edit, not with the first text
 */
public record Notification(
    String login, Subject subject, long commentId, boolean byEdit, Instant at) {}
