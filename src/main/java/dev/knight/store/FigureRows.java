package dev.knight.store;

import static java.util.Comparator.comparing;

import dev.knight.job.FigureReading.Result;
import dev.knight.job.FigureReading.Spend;
import dev.knight.job.JobId;
import dev.knight.job.RepositoryName;
import dev.knight.job.Spent;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tables {@code spend} and {@code merged}, and what is counted of the others. */
@Singleton
final class FigureRows {
  /** The width of {@code spend.model}. */
  private static final int MODEL = 200;

  /** The model of what was spent before models were noted, as migration V022 calls it. */
  private static final String UNKNOWN = "unknown";

  /** So many jobs are looked through before it is asked whether older ones are wanted. */
  private static final int AT_ONCE = 500;

  private final Sql sql;

  FigureRows(Sql sql) {
    this.sql = sql;
  }

  /** How many jobs are in each state. */
  Map<String, Long> states() {
    return sql
        .list(
            row -> Map.entry(row.text("state"), row.number("jobs")),
            "select state, count(*) as jobs from job group by state")
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Since when the queued job waits that has waited longest. */
  Optional<Instant> waiting() {
    return sql.first(
        row -> row.time("updated_at"),
        "select updated_at from job where state = 'queued' order by updated_at");
  }

  /** What {@code job} has used of {@code model} beyond what other days have is of {@code day}. */
  void spent(JobId job, LocalDate day, String model, Spent total) {
    String name = Columns.line(model, MODEL);
    nameUnknown(job, name, total);
    Spent before =
        sql
            .list(
                FigureRows::readSpent,
                "select * from spend where job_id = ? and model = ? and spent_on <> ?",
                job,
                name,
                day)
            .stream()
            .reduce(Spent.NOTHING, Spent::plus);
    Spent rest = Spent.NOTHING.orMore(total.minus(before));
    if (isSomething(rest)) {
      keep(new Key(job, day, name), rest);
    }
  }

  /** Of a job from before models were noted: what {@code model} has used of that is its own. */
  private void nameUnknown(JobId job, String model, Spent total) {
    if (sql.is("select model from spend where job_id = ? and model = ?", job, model)) {
      return;
    }
    for (Unnamed unknown :
        sql.list(
            row -> new Unnamed(row.day("spent_on"), readSpent(row)),
            "select * from spend where job_id = ? and model = ?",
            job,
            UNKNOWN)) {
      Spent rest = Spent.NOTHING.orMore(unknown.spent().minus(total));
      keep(new Key(job, unknown.day(), model), unknown.spent().minus(rest));
      Key old = new Key(job, unknown.day(), UNKNOWN);
      if (isSomething(rest)) {
        keep(old, rest);
      } else {
        sql.change(
            "delete from spend where job_id = ? and spent_on = ? and model = ?",
            old.job(),
            old.day(),
            old.model());
      }
    }
  }

  /** What a row is about. */
  private record Key(JobId job, LocalDate day, String model) {}

  private record Unnamed(LocalDate day, Spent spent) {}

  private void keep(Key key, Spent spent) {
    sql.put(
        "spend",
        Cells.of("job_id", key.job()).and("spent_on", key.day()).and("model", key.model()),
        Cells.of("input_tokens", spent.inputTokens())
            .and("output_tokens", spent.outputTokens())
            .and("usd", spent.usd()));
  }

  private static boolean isSomething(Spent spent) {
    return spent.inputTokens() + spent.outputTokens() > 0 || spent.usd().signum() > 0;
  }

  /** What {@code job} had made was merged; only the first time counts. */
  boolean merged(JobId job, Instant at) {
    if (sql.is("select job_id from merged where job_id = ?", job)) {
      return false;
    }
    sql.insert("merged", Cells.of("job_id", job).and("merged_at", at));
    return true;
  }

  /**
   * The jobs since then, oldest first, with what they came to. They are as old as their numbers,
   * but for a clock that was set meanwhile: so it ends where among many none is wanted.
   */
  List<Result> results(Instant since) {
    List<Result> all = new ArrayList<>();
    long before = Long.MAX_VALUE;
    boolean isMore = true;
    while (isMore) {
      List<Result> some = results(before);
      isMore = some.stream().anyMatch(result -> !result.createdAt().isBefore(since));
      all.addAll(some);
      before = some.isEmpty() ? 0 : some.getLast().job().value();
    }
    return all.stream()
        .filter(result -> !result.createdAt().isBefore(since))
        .sorted(comparing(Result::createdAt).thenComparingLong(result -> result.job().value()))
        .toList();
  }

  /** Some of the jobs with lower numbers than that, newest first. */
  private List<Result> results(long before) {
    return sql.list(
        FigureRows::readResult,
        """
        select j.id, j.created_at, j.repository, j.state, m.merged_at,
          (select min(e.planned_at) from effect e
            where e.job_id = j.id and e.kind = 'PULL_REQUEST' and e.state = 'DONE') as opened_at,
          (select min(n.written_at) from mention n
            where n.job_id = j.id and n.founding = true) as asked_at
        from job j left join merged m on m.job_id = j.id
        where j.id < ? order by j.id desc fetch first ? rows only
        """,
        before,
        AT_ONCE);
  }

  private static Result readResult(Row row) throws SQLException {
    Instant asked = row.maybeTime("asked_at").orElse(row.time("created_at"));
    Optional<Instant> opened = row.maybeTime("opened_at");
    return new Result(
        new JobId(row.number("id")),
        row.time("created_at"),
        RepositoryName.parse(row.text("repository")),
        row.text("state"),
        opened.isPresent(),
        opened.map(at -> Duration.between(asked, at)).filter(Duration::isPositive),
        row.maybeTime("merged_at").isPresent());
  }

  /** What was spent since then. */
  List<Spend> spend(LocalDate since) {
    return sql.list(
        row ->
            new Spend(
                new JobId(row.number("job_id")),
                row.day("spent_on"),
                RepositoryName.parse(row.text("repository")),
                row.text("state"),
                row.text("model"),
                readSpent(row)),
        """
        select s.*, j.repository, j.state from spend s join job j on j.id = s.job_id
        where s.spent_on >= ? order by s.spent_on, s.job_id, s.model
        """,
        since);
  }

  private static Spent readSpent(Row row) throws SQLException {
    return new Spent(row.number("input_tokens"), row.number("output_tokens"), row.money("usd"));
  }
}
