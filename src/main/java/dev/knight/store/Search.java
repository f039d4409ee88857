package dev.knight.store;

import dev.knight.job.JobQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * A {@link JobQuery} as a condition on table {@code job}. Nothing of what somebody looks for is in
 * the condition itself.
 *
 * @param values what stands for its question marks, in their order
 */
record Search(String condition, List<Object> values) {
  /** Wherever a word may stand. */
  private static final String TEXT =
      """
      (lower(title) like ? escape '!' or lower(repository) like ? escape '!'
       or lower(requester_login) like ? escape '!' or lower(reason) like ? escape '!'
       or exists (select 1 from mention m where m.job_id = job.id
         and lower(m.text) like ? escape '!'))
      """;

  static Search of(JobQuery query) {
    Conditions all = new Conditions();
    all.add("id > 0");
    if (!query.states().isEmpty()) {
      all.add("state in (" + Sql.marks(query.states().size()) + ")", query.states());
    }
    query.repository().ifPresent(named -> all.add("repository_key = ?", List.of(named.key())));
    query
        .requester()
        .ifPresent(login ->
            all.add("lower(requester_login) = ?", List.of(login.toLowerCase(Locale.ROOT))));
    query.before().ifPresent(last -> all.add("id < ?", List.of(last)));
    for (String word : query.words()) {
      if (word.matches("#\\d{1,18}")) {
        all.add(
            "(issue_number = ? or id = ?)",
            Collections.nCopies(2, Long.parseLong(word.substring(1))));
      } else {
        all.add(TEXT, Collections.nCopies(5, "%" + escaped(word) + "%"));
      }
    }
    return new Search(String.join(" and ", all.conditions), List.copyOf(all.values));
  }

  private static String escaped(String word) {
    return word.replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }

  /** What all have to hold. */
  private static final class Conditions {
    private final List<String> conditions = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    void add(String condition) {
      add(condition, List.of());
    }

    void add(String condition, Collection<?> its) {
      conditions.add(condition);
      values.addAll(its);
    }
  }
}
