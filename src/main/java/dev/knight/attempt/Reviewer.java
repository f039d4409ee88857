package dev.knight.attempt;

import dev.knight.agent.SessionRequest.Model;
import dev.knight.agent.SessionRequest.Tools;
import dev.knight.git.Snapshot;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Judges a change in a fresh session that can read and nothing else. */
@Singleton
final class Reviewer {
  /** What a model reads with care; the rest it finds in the files. */
  private static final int DIFF_BYTES = 100_000;

  private final Conversations conversations;
  private final Prompts prompts;
  private final Model model;

  Reviewer(Conversations conversations, Prompts prompts, AttemptSettings settings) {
    this.conversations = conversations;
    this.prompts = prompts;
    this.model = settings.reviewModel();
  }

  /**
   * Reviews {@code snapshot}. The conversation is named after the tree, so that a tree is judged
   * once.
   *
   * @return the judgement; empty if the reviewer did not give one in the form asked for, twice
   */
  Optional<Judgement> review(
      Workplace place, Snapshot snapshot, Overseer overseer, Progress progress) {
    String tree = snapshot.tree().substring(0, 12);
    String diff = snapshot.diff(DIFF_BYTES);
    try (Conversation conversation =
        conversations.open(
            progress.job().id() + "-review-" + tree,
            place,
            Tools.READ_ONLY,
            model,
            overseer,
            progress)) {
      boolean cut = diff.length() >= DIFF_BYTES;
      String said = conversation.ask("review " + tree, prompts.review(place.brief(), diff, cut));
      Optional<Judgement> judgement =
          Judgement.of(said)
              .or(() -> Judgement.of(conversation.ask("again " + tree, prompts.reviewAgain())));
      progress.tell("review", sentence(judgement));
      return judgement;
    }
  }

  private static String sentence(Optional<Judgement> judgement) {
    if (judgement.isEmpty()) {
      return "The reviewer gave no verdict";
    }
    int found = judgement.get().findings().size();
    String verdict = judgement.get().approved() ? "approves" : "wants changes";
    return "The reviewer %s, with %d finding%s".formatted(verdict, found, found == 1 ? "" : "s");
  }
}
