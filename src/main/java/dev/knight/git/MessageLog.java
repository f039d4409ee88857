package dev.knight.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;

/** What the commits of a branch say. */
final class MessageLog {
  /** Of one message; who writes more does not show a style by it. */
  static final int LONGEST = 2_000;

  private MessageLog() {}

  static List<String> read(Repository git, Commit commit, int most) throws IOException {
    List<String> messages = new ArrayList<>();
    try (RevWalk walk = new RevWalk(git)) {
      walk.markStart(walk.parseCommit(commit.objectId()));
      walk.setRevFilter(RevFilter.NO_MERGES);
      for (RevCommit next = walk.next();
          next != null && messages.size() < most;
          next = walk.next()) {
        String message = next.getFullMessage();
        messages.add(message.substring(0, Math.min(LONGEST, message.length())));
      }
    }
    return messages;
  }
}
