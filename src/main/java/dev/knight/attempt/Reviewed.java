package dev.knight.attempt;

import dev.knight.job.Mention;
import dev.knight.job.Remark;
import java.util.List;
import java.util.Optional;

/**
 * A review that the implementer was told of.
 *
 * @param remarks what it says on single lines
 * @param answers what the implementer says that it did for them
 * @param rules what of them the implementer says holds beyond this change
 */
record Reviewed(
    Mention review, List<Remark> remarks, List<RemarkAnswer> answers, List<RemarkRule> rules) {
  Reviewed {
    remarks = List.copyOf(remarks);
    answers = List.copyOf(answers);
    rules = List.copyOf(rules);
  }

  /** What was said to the remark at {@code index}, from 0. */
  Optional<RemarkAnswer> answer(int index) {
    return RemarkAnswer.to(index + 1, answers);
  }
}
