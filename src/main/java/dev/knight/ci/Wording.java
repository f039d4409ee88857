package dev.knight.ci;

import dev.knight.hygiene.Redactor;
import dev.knight.publish.OutgoingText;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is said of checks: to people, in a line or a reply, and to the agent. Names of checks and
 * steps are anybody's words.
 */
final class Wording {
  /** Checks that are named to people; the page has them all. */
  private static final int MOST_NAMED = 8;

  private static final int NAME = 80;
  private static final int MOST_QUOTED = 2_000;

  /** Checks whose logs the agent is shown; what else is red mostly has the same cause. */
  private static final int MOST_SHOWN = 4;

  private final OutgoingText outgoing;
  private final Redactor redactor;

  Wording(OutgoingText outgoing, Redactor redactor) {
    this.outgoing = outgoing;
    this.redactor = redactor;
  }

  /** The line of the status comment. */
  String line(Head head, Standing standing, String then) {
    List<HeadCheck> red = standing.red();
    String failed = red.isEmpty() ? "" : ", %d not: %s".formatted(red.size(), named(red));
    String after = then.isEmpty() ? "." : ". " + then;
    return "Checks on GitHub for `%s`: %d passed%s%s"
        .formatted(head.shortCommit(), standing.passed(), failed, after);
  }

  /** The names of {@code checks}, for people. */
  String named(List<HeadCheck> checks) {
    String names =
        checks.stream()
            .limit(MOST_NAMED)
            .map(check -> name(check.name()))
            .collect(Collectors.joining(", "));
    int more = checks.size() - MOST_NAMED;
    return more > 0 ? names + " and %d more".formatted(more) : names;
  }

  /** What of {@code causes} knight can do nothing about, a line each. */
  String outside(List<Cause.Outside> causes) {
    return causes.stream()
        .limit(MOST_NAMED)
        .map(cause -> "- %s %s".formatted(name(cause.check().name()), why(cause)))
        .collect(Collectors.joining("\n"));
  }

  /** What somebody else said, set apart. */
  String quoted(String text) {
    return outgoing
        .markdown(text, MOST_QUOTED)
        .lines()
        .collect(Collectors.joining("\n> ", "> ", ""));
  }

  private String why(Cause.Outside cause) {
    return outgoing.line(cause.why(), 2 * NAME);
  }

  private String name(String name) {
    return outgoing.code(name.length() > NAME ? name.substring(0, NAME - 1) + "…" : name);
  }

  /** What the agent is told: data, whatever it says. */
  String evidence(Head head, List<Cause.Ours> causes) {
    String whose =
        head.own()
            ? "the last commit that was pushed for you"
            : "a commit that somebody else pushed on top of your work";
    String shown =
        causes.stream().limit(MOST_SHOWN).map(Wording::shown).collect(Collectors.joining("\n\n"));
    int more = causes.size() - MOST_SHOWN;
    String rest =
        more > 0
            ? "\n\nRed as well: "
                + causes.stream()
                    .skip(MOST_SHOWN)
                    .map(cause -> cause.check().name())
                    .collect(Collectors.joining(", "))
            : "";
    return redactor.text("On %s (%s):\n\n%s%s".formatted(head.shortCommit(), whose, shown, rest));
  }

  private static String shown(Cause.Ours cause) {
    String app = cause.check().app().isEmpty() ? "a status" : cause.check().app();
    String step = cause.step().map(name -> ", in step \"" + name + "\"").orElse("");
    String text = cause.excerpt().text();
    return "Check \"%s\" of %s: %s%s\n%s"
        .formatted(
            cause.check().name(),
            app,
            cause.check().conclusion().word(),
            step,
            text.isBlank() ? "(It says nothing of why.)" : text);
  }
}
