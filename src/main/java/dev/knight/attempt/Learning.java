package dev.knight.attempt;

import dev.knight.git.Commit;
import dev.knight.job.Convention;
import dev.knight.job.Mention;
import dev.knight.job.Person;
import dev.knight.job.RepositoryName;
import dev.knight.memory.Memory;
import java.util.Optional;

/**
 * Keeps in mind what a remark states beyond the change. Who wrote the remark may command knight, or
 * it would not have come here.
 */
final class Learning {
  private final Memory memory;

  Learning(Memory memory) {
    this.memory = memory;
  }

  /**
   * Learns from the remark at {@code index}, from 0, of a review; doing so twice is the same as
   * once.
   *
   * @param key what tells the remark from every other
   * @return the candidate that a person may confirm
   */
  Optional<Convention> from(Reviewed reviewed, int index, String key, Optional<Commit> commit) {
    Mention review = reviewed.review();
    RepositoryName repository = review.subject().repository();
    Person by = review.author();
    Optional<Convention> candidate = Optional.empty();
    for (RemarkRule rule : reviewed.rules()) {
      if (rule.remark() != index + 1) {
        continue;
      }
      switch (rule) {
        case RemarkRule.New(_, String words) -> {
          if (candidate.isEmpty()) {
            candidate =
                memory.learn(repository, words, by, review.link(), key, commit.map(Commit::id));
          }
        }
        case RemarkRule.Again(_, long id) -> memory.heardAgain(repository, id, by, key);
        case RemarkRule.Contradicts(_, long id) -> memory.contradicted(repository, id, by, key);
      }
    }
    return candidate.filter(one -> one.stage() == Convention.Stage.CANDIDATE);
  }
}
