package dev.knight.rehearsal;

import dev.knight.rehearsal.Workflow.Built;
import java.time.Instant;

/**
 * A check run of another App than Actions, or, where there is no App, a commit status.
 *
 * @param app the App's slug; empty for a status
 * @param name the check's name, or the status's context
 */
record OtherCheck(long id, String commit, String app, String name, Built built, Instant at) {
  boolean isStatus() {
    return app.isEmpty();
  }

  boolean replaces(OtherCheck other) {
    return commit.equals(other.commit) && app.equals(other.app) && name.equals(other.name);
  }
}
