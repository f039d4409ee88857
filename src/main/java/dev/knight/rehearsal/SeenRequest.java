package dev.knight.rehearsal;

import java.time.Instant;

/**
 * One line of the stand-in's log.
 *
 * @param path below the REST interface's start; for git the whole path
 * @param query as it was sent, empty without one
 * @param login whose token it came with, empty without one
 * @param status 0 where the connection was dropped; 304 where an ETag still held
 */
public record SeenRequest(
    Instant at, String method, String path, String query, String login, int status) {
  /** Whether it changes something. */
  public boolean writes() {
    return !method.equals("GET") && !path.endsWith("/git-upload-pack");
  }

  /** Whether the answer was that nothing had changed, which costs no quota. */
  public boolean notModified() {
    return status == 304;
  }
}
