package dev.knight.fake;

import dev.knight.job.Convention;
import dev.knight.job.ConventionStore;
import dev.knight.job.RepositoryName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Conventions that are forgotten at the end of the test. */
public final class MemoryConventionStore implements ConventionStore {
  private final List<Convention> all = new ArrayList<>();

  @Override
  public synchronized List<Convention> all(Optional<RepositoryName> repository) {
    return all.stream()
        .filter(one -> repository.filter(where -> !where.equals(one.repository())).isEmpty())
        .toList();
  }

  @Override
  public synchronized Optional<Convention> find(long id) {
    return all.stream().filter(one -> one.id() == id).findFirst();
  }

  @Override
  public synchronized Convention keep(Convention learnt) {
    Optional<Convention> there =
        all(Optional.of(learnt.repository())).stream()
            .filter(one -> one.key().equals(learnt.key()) && one.rule().equals(learnt.rule()))
            .findFirst();
    return there.orElseGet(() -> {
      Convention kept = learnt.numbered(all.size() + 1L);
      all.add(kept);
      return kept;
    });
  }

  @Override
  public synchronized boolean replace(Convention before, Convention after) {
    int at = all.indexOf(before);
    if (at >= 0) {
      all.set(at, after);
    }
    return at >= 0;
  }
}
