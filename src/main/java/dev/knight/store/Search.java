package dev.knight.store;

import dev.knight.job.JobQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A {@link JobQuery} in the words of the database. Nothing of what somebody looks for is in the
 * condition itself.
 */
record Search(String condition, Map<String, Object> parameters) {
  /** A parameter's place in a condition. */
  private static final Pattern PARAMETER = Pattern.compile(":(\\w+)");

  /** What the fields of the rows are called in the tables. */
  private static final Map<String, String> COLUMNS =
      Map.of(
          "state.state", "state",
          "state.reason", "reason",
          "repositoryKey", "repository_key",
          "requesterLogin", "requester_login",
          "issueNumber", "issue_number",
          "m.jobId", "m.job_id",
          "MentionRow", "mention");

  static Search of(JobQuery query) {
    List<String> conditions = new ArrayList<>(List.of("id > 0"));
    Map<String, Object> parameters = new LinkedHashMap<>();
    if (!query.states().isEmpty()) {
      conditions.add("state.state in :states");
      parameters.put("states", query.states());
    }
    query
        .repository()
        .ifPresent(repository -> {
          conditions.add("repositoryKey = :repository");
          parameters.put("repository", repository.key());
        });
    query
        .requester()
        .ifPresent(login -> {
          conditions.add("lower(requesterLogin) = :requester");
          parameters.put("requester", login.toLowerCase(Locale.ROOT));
        });
    query
        .before()
        .ifPresent(last -> {
          conditions.add("id < :before");
          parameters.put("before", last.value());
        });
    for (String word : query.words()) {
      String name = "word" + parameters.size();
      if (word.matches("#\\d{1,18}")) {
        conditions.add("(issueNumber = :%1$s or id = :%1$s)".formatted(name));
        parameters.put(name, Long.parseLong(word.substring(1)));
      } else {
        conditions.add(
            """
            (lower(title) like :%1$s escape '!' or lower(repository) like :%1$s escape '!'
             or lower(requesterLogin) like :%1$s escape '!'
             or lower(state.reason) like :%1$s escape '!' or id in
             (select m.jobId from MentionRow m where lower(m.text) like :%1$s escape '!'))
            """
                .formatted(name));
        parameters.put(name, "%" + escaped(word) + "%");
      }
    }
    return new Search(String.join(" and ", conditions), parameters);
  }

  /** The condition in SQL, with a question mark for each of {@link #values}. */
  String sql() {
    String named = condition.replace(" in :states", " in (" + marks("states") + ")");
    for (Map.Entry<String, String> column : COLUMNS.entrySet()) {
      named = named.replace(column.getKey(), column.getValue());
    }
    return PARAMETER.matcher(named).replaceAll("?");
  }

  /** What stands for the question marks of {@link #sql}, in their order. */
  List<Object> values() {
    return PARAMETER
        .matcher(condition)
        .results()
        .map(name -> parameters.getOrDefault(name.group(1), ""))
        .flatMap(value -> value instanceof Collection<?> many ? many.stream() : Stream.of(value))
        .map(Object.class::cast)
        .toList();
  }

  private String marks(String name) {
    int count = parameters.get(name) instanceof Collection<?> many ? many.size() : 1;
    return String.join(", ", Collections.nCopies(count, "?"));
  }

  private static String escaped(String word) {
    return word.replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }
}
