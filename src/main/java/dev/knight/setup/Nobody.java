package dev.knight.setup;

import dev.knight.job.Secret;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Nobody is there to be asked, or nobody wants to be: what is usual is taken. */
final class Nobody implements Asker {
  @Override
  public <T> T choose(Question question, List<Choice<T>> choices, Optional<Integer> usual) {
    return usual.map(choices::get).map(Choice::value).orElseThrow(question::unanswered);
  }

  @Override
  public <T> List<T> pick(Question question, List<Choice<T>> choices, Set<Integer> usual) {
    if (usual.isEmpty()) {
      throw question.unanswered();
    }
    return usual.stream().sorted().map(choices::get).map(Choice::value).toList();
  }

  @Override
  public String text(Question question, Optional<String> usual) {
    return usual.orElseThrow(question::unanswered);
  }

  @Override
  public Secret secret(Question question) {
    throw question.unanswered();
  }

  @Override
  public boolean agree(Question question, boolean usual) {
    return usual;
  }

  @Override
  public boolean isPerson() {
    return false;
  }
}
