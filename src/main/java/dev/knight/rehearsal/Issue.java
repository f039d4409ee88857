package dev.knight.rehearsal;

import java.time.Instant;
import java.util.Optional;

/**
 * An issue, or a pull request, which is an issue with {@link Pull branches}.
 *
 * @param id above 2^31, as on GitHub
 * @param number counts issues and pull requests of the repository together, from 1
 * @param stateReason GitHub's word for why it was closed or reopened
 * @param updatedAt whole seconds; moved by edits, comments and pushes
 */
public record Issue(
    long id,
    long number,
    Account author,
    String title,
    String body,
    boolean open,
    Optional<String> stateReason,
    boolean locked,
    Instant createdAt,
    Instant updatedAt,
    Optional<Instant> closedAt,
    Optional<Pull> pull) {

  Issue edited(String newTitle, String newBody, Instant at) {
    return new Issue(
        id,
        number,
        author,
        newTitle,
        newBody,
        open,
        stateReason,
        locked,
        createdAt,
        at,
        closedAt,
        pull);
  }

  Issue touched(Instant at) {
    return edited(title, body, at);
  }

  Issue closed(String reason, Instant at) {
    return new Issue(
        id,
        number,
        author,
        title,
        body,
        false,
        Optional.of(reason),
        locked,
        createdAt,
        at,
        Optional.of(at),
        pull);
  }

  Issue reopened(Instant at) {
    return new Issue(
        id,
        number,
        author,
        title,
        body,
        true,
        Optional.of("reopened"),
        locked,
        createdAt,
        at,
        Optional.empty(),
        pull);
  }

  Issue locked(boolean nowLocked, Instant at) {
    return new Issue(
        id,
        number,
        author,
        title,
        body,
        open,
        stateReason,
        nowLocked,
        createdAt,
        at,
        closedAt,
        pull);
  }

  Issue with(Pull newPull, Instant at) {
    return new Issue(
        id,
        number,
        author,
        title,
        body,
        open,
        stateReason,
        locked,
        createdAt,
        at,
        closedAt,
        Optional.of(newPull));
  }
}
