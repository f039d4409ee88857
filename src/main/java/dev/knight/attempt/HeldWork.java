package dev.knight.attempt;

import dev.knight.git.BranchName;
import dev.knight.git.Snapshot;
import dev.knight.job.Hold;
import dev.knight.job.Job;
import dev.knight.policy.Objection;
import dev.knight.policy.Rule;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a person is told of a change that is held. Paths are hostile. */
final class HeldWork {
  /** Nobody reads a longer list. */
  private static final int MOST = 20;

  private static final int MOST_PATHS = 50;
  private static final int DIFF = 6_000;
  private static final int HEAD = 90;
  private static final int TAIL = 50;
  private static final Pattern ODD =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Zl}\\p{Zp}\\x{FFFD}]");

  private HeldWork() {}

  /**
   * Holds {@code snapshot}.
   *
   * @param split how its author would make it in parts, if that is asked; hostile
   */
  static Outcome.Held of(
      Job job,
      Snapshot snapshot,
      List<Objection> objections,
      Optional<BranchName> kept,
      String split) {
    String where =
        kept.map(name -> ", kept as `%s` in the mirror of knight's home".formatted(name))
            .orElse("");
    String question =
        """
        %s

        The whole change: %d file%s (+%d −%d lines), tree `%s`%s. `knight release %s` lets exactly this \
        through.%s\
        """
            .formatted(
                lines(objections).stream()
                    .map(line -> "- " + line)
                    .collect(Collectors.joining("\n")),
                snapshot.changes().size(),
                snapshot.changes().size() == 1 ? "" : "s",
                snapshot.added(),
                snapshot.deleted(),
                new Hold(snapshot.tree(), "").shortTree(),
                where,
                job.id(),
                parts(objections, split));
    return new Outcome.Held(new Hold(snapshot.tree(), diff(snapshot, objections)), question);
  }

  /** What else can be said to a change that is held for its size. */
  private static String parts(List<Objection> objections, String split) {
    if (objections.stream().noneMatch(objection -> objection.rule() == Rule.SIZE)) {
      return "";
    }
    String proposal = split.isBlank() ? "" : "\n\nIt could be made in parts:\n\n" + split.strip();
    return proposal + "\n\nReply `go` to have it whole all the same, or what to leave out.";
  }

  /** Each objection as a sentence; beyond {@value #MOST} they are only counted. */
  static List<String> lines(List<Objection> objections) {
    List<String> lines =
        objections.stream().limit(MOST).map(HeldWork::line).collect(Collectors.toList());
    if (objections.size() > MOST) {
      lines.add("and %d more.".formatted(objections.size() - MOST));
    }
    return List.copyOf(lines);
  }

  private static String line(Objection objection) {
    return objection.path().isEmpty()
        ? objection.why() + "."
        : "`%s`: %s.".formatted(shown(objection.path()), objection.why());
  }

  private static String shown(String path) {
    String plain = ODD.matcher(path).replaceAll("?").replace('`', '\'');
    return plain.length() <= HEAD + TAIL
        ? plain
        : plain.substring(0, HEAD) + "…" + plain.substring(plain.length() - TAIL);
  }

  /** Of what is held, but for what must not be shown to anybody. */
  private static String diff(Snapshot snapshot, List<Objection> objections) {
    Set<String> secret =
        objections.stream()
            .filter(objection -> objection.rule() == Rule.SECRET)
            .map(Objection::path)
            .collect(Collectors.toSet());
    List<String> paths =
        objections.stream()
            .map(Objection::path)
            .filter(path -> !path.isEmpty() && !secret.contains(path))
            .distinct()
            .limit(MOST_PATHS)
            .toList();
    return paths.isEmpty() ? "" : snapshot.diff(paths, DIFF);
  }
}
