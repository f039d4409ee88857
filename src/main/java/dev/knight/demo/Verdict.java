package dev.knight.demo;

import dev.knight.job.Subject;
import dev.knight.rehearsal.Comment;
import dev.knight.rehearsal.Issue;
import dev.knight.rehearsal.Reaction;
import dev.knight.rehearsal.RehearsalWorld;
import dev.knight.rehearsal.World;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at the stand-in, as a person would look at GitHub, whether the rehearsal came out right.
 */
final class Verdict {
  private Verdict() {}

  /** What is not as it has to be; empty if all is. */
  static List<String> complaints(World world, Subject issue) {
    List<String> complaints = new ArrayList<>();
    List<Issue> pulls = world.pullRequests(RehearsalWorld.REPOSITORY);
    if (pulls.size() != 1) {
      complaints.add("there are %d pull requests, not one".formatted(pulls.size()));
    } else {
      judge(world, pulls.getFirst(), issue, complaints);
    }
    List<Comment> own =
        world.comments(issue).stream()
            .filter(comment -> comment.author().login().equals(RehearsalWorld.KNIGHT))
            .toList();
    if (own.size() != 1) {
      complaints.add("knight wrote %d comments, not one".formatted(own.size()));
    } else if (!own.getFirst().body().contains("@" + RehearsalWorld.MAINTAINER)) {
      complaints.add("the person who asked was not tagged");
    }
    Reaction.Target asked = new Reaction.Target(Reaction.Kind.ISSUE, issue.number());
    if (world.reactions(RehearsalWorld.REPOSITORY, asked).size() != 1) {
      complaints.add("the request got no 👀");
    }
    return complaints;
  }

  private static void judge(World world, Issue pull, Subject issue, List<String> complaints) {
    String branch = pull.pull().orElseThrow().head();
    String program = world.file(RehearsalWorld.REPOSITORY, branch, "greet.sh").orElse("");
    String test = world.file(RehearsalWorld.REPOSITORY, branch, "test.sh").orElse("");
    if (!program.contains("set -- world")) {
      complaints.add("the program was not changed");
    }
    if (!test.contains("Hello, world!")) {
      complaints.add("the review's finding was not mended");
    }
    if (pull.pull().orElseThrow().draft()) {
      complaints.add("the pull request is a draft");
    }
    if (!pull.body().contains("Closes #" + issue.number())) {
      complaints.add("the pull request does not close the issue");
    }
  }
}
