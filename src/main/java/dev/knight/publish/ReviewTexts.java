package dev.knight.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What knight says in the threads of a review, and at its end. The agent's words are hostile. */
public final class ReviewTexts {
  private static final int WORDS = 1_500;
  private static final int REASON = 1_500;
  private static final int SHORT = 10;
  private static final int RULE = 300;

  private final OutgoingText outgoing;

  /** Everything that others said goes through {@code outgoing}. */
  public ReviewTexts(OutgoingText outgoing) {
    this.outgoing = outgoing;
  }

  /** {@code commit} serves the remark. */
  public String done(String commit, String words) {
    return "Done in %s.%s".formatted(shown(commit), more(words));
  }

  /** The agent says that it served the remark, and nothing that was pushed does. */
  public String unserved(String words) {
    return "I meant to change this, but no commit came of it.%s".formatted(more(words));
  }

  /** The remark is not followed. */
  public String disagreed(String words) {
    return words.isBlank()
        ? "I left this as it is, and cannot say why: please tell me if you want it all the same."
        : "I left this as it is.%s".formatted(more(words));
  }

  /** The remark is answered in words. */
  public String answered(String words) {
    return words.isBlank() ? nothing() : outgoing.markdown(words, WORDS);
  }

  /** What else was learnt from the remark, to be confirmed. */
  public String candidate(String rule) {
    return "\n\nFor this repository I would keep in mind: “%s” 👍 this answer and I tell later jobs."
        .formatted(outgoing.line(rule, RULE));
  }

  /** Nothing was said about the remark. */
  public String nothing() {
    return "I did nothing for this remark: my work on the review does not mention it. Say it once"
        + " more if you still want it.";
  }

  /**
   * The last word of a round, for {@code login}.
   *
   * @param served how many remarks of theirs a commit serves
   * @param disagreed how many of them are not followed
   * @param remarks how many there were
   * @param commit what was pushed, if anything was
   */
  public String last(
      String login,
      int remarks,
      int served,
      int disagreed,
      Optional<String> commit,
      String reason) {
    String head = commit.map(id -> " The branch is at %s.".formatted(shown(id))).orElse("");
    return remarks == 0
        ? "@%s %s%s".formatted(login, outgoing.markdown(reason, REASON), head)
        : "@%s, I went through your review. %s.%s"
            .formatted(login, counts(remarks, served, disagreed), head);
  }

  private static String counts(int remarks, int served, int disagreed) {
    List<String> parts = new ArrayList<>();
    parts.add("%d of %d remark%s served".formatted(served, remarks, remarks == 1 ? "" : "s"));
    if (disagreed > 0) {
      parts.add("%d left as it is, with the reason in its thread".formatted(disagreed));
    }
    int rest = remarks - served - disagreed;
    if (rest > 0) {
      parts.add("%d answered in its thread".formatted(rest));
    }
    return String.join(", ", parts);
  }

  private String more(String words) {
    return words.isBlank() ? "" : "\n\n" + outgoing.markdown(words, WORDS);
  }

  private static String shown(String commit) {
    return commit.substring(0, Math.min(SHORT, commit.length()));
  }
}
