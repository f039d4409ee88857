package dev.knight.store;

import static java.util.Objects.requireNonNull;

import dev.knight.job.FigureReading.Result;
import dev.knight.job.FigureReading.Spend;
import dev.knight.job.JobId;
import dev.knight.job.RepositoryName;
import dev.knight.job.Spent;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tables {@code spend} and {@code merged}, and what is counted of the others. */
@Singleton
final class FigureRows implements PanacheRepositoryBase<SpendRow, SpendRow.Key> {
  /** The width of {@code spend.model}. */
  private static final int MODEL = 200;

  /** The model of what was spent before models were noted, as migration V022 calls it. */
  private static final String UNKNOWN = "unknown";

  /** How many jobs are in each state. */
  Map<String, Long> states() {
    return getEntityManager()
        .createQuery(
            "select j.state.state as state, count(*) as number from JobRow j group by j.state.state",
            Tuple.class)
        .getResultStream()
        .collect(
            Collectors.toMap(
                row -> row.get("state", String.class), row -> row.get("number", Long.class)));
  }

  /** Since when the queued job waits that has waited longest. */
  Optional<Instant> waiting() {
    return getEntityManager()
        .createQuery(
            "select updatedAt from JobRow where state.state = 'queued' order by updatedAt",
            Instant.class)
        .setMaxResults(1)
        .getResultStream()
        .findFirst();
  }

  /** What {@code job} has used of {@code model} beyond what other days have is of {@code day}. */
  void spent(JobId job, LocalDate day, String model, Spent total) {
    String name = Columns.line(model, MODEL);
    nameUnknown(job, name, total);
    Spent before =
        list("key.jobId = ?1 and key.model = ?2 and key.day <> ?3", job.value(), name, day).stream()
            .map(SpendRow::toSpent)
            .reduce(Spent.NOTHING, Spent::plus);
    Spent rest = Spent.NOTHING.orMore(total.minus(before));
    if (isSomething(rest)) {
      getEntityManager().merge(new SpendRow(new SpendRow.Key(job.value(), day, name), rest));
    }
  }

  /** Of a job from before models were noted: what {@code model} has used of that is its own. */
  private void nameUnknown(JobId job, String model, Spent total) {
    if (count("key.jobId = ?1 and key.model = ?2", job.value(), model) > 0) {
      return;
    }
    for (SpendRow unknown : list("key.jobId = ?1 and key.model = ?2", job.value(), UNKNOWN)) {
      SpendRow.Key key = unknown.key();
      Spent rest = Spent.NOTHING.orMore(unknown.toSpent().minus(total));
      Spent part = unknown.toSpent().minus(rest);
      getEntityManager().merge(new SpendRow(new SpendRow.Key(key.jobId(), key.day(), model), part));
      if (isSomething(rest)) {
        getEntityManager().merge(new SpendRow(key, rest));
      } else {
        delete(unknown);
      }
    }
  }

  private static boolean isSomething(Spent spent) {
    return spent.inputTokens() + spent.outputTokens() > 0 || spent.usd().signum() > 0;
  }

  /** What {@code job} had made was merged; only the first time counts. */
  boolean merged(JobId job, Instant at) {
    if (getEntityManager().find(MergedRow.class, job.value()) != null) {
      return false;
    }
    getEntityManager().persist(new MergedRow(job, at));
    return true;
  }

  /** The jobs since then, with what they came to. */
  List<Result> results(Instant since) {
    return getEntityManager()
        .createQuery(
            """
            select j.id as id, j.createdAt as created, j.repository as repository,
              j.state.state as state, m.mergedAt as merged,
              (select min(e.plannedAt) from EffectRow e
                where e.jobId = j.id and e.kind = 'PULL_REQUEST' and e.state = 'DONE') as opened,
              (select min(n.writtenAt) from MentionRow n
                where n.jobId = j.id and n.founding = true) as asked
            from JobRow j left join MergedRow m on m.jobId = j.id
            where j.createdAt >= :since order by j.createdAt, j.id
            """,
            Tuple.class)
        .setParameter("since", Columns.time(since))
        .getResultStream()
        .map(FigureRows::result)
        .toList();
  }

  private static Result result(Tuple row) {
    return result(
        new JobId(row.get("id", Long.class)),
        requireNonNull(row.get("created", Instant.class)),
        row.get("repository", String.class),
        row.get("state", String.class),
        Optional.ofNullable(row.get("asked", Instant.class)),
        Optional.ofNullable(row.get("opened", Instant.class)),
        row.get("merged", Instant.class) != null);
  }

  /** What a job came to that was asked for and opened a pull request then. */
  static Result result(
      JobId job,
      Instant created,
      String repository,
      String state,
      Optional<Instant> asked,
      Optional<Instant> opened,
      boolean isMerged) {
    return new Result(
        job,
        created,
        RepositoryName.parse(repository),
        state,
        opened.isPresent(),
        opened.map(at -> Duration.between(asked.orElse(created), at)).filter(Duration::isPositive),
        isMerged);
  }

  /** What was spent since then. */
  List<Spend> spend(LocalDate since) {
    return getEntityManager()
        .createQuery(
            """
            select s as spend, j.repository as repository, j.state.state as state
            from SpendRow s join JobRow j on j.id = s.key.jobId
            where s.key.day >= :since order by s.key.day, s.key.jobId, s.key.model
            """,
            Tuple.class)
        .setParameter("since", since)
        .getResultStream()
        .map(FigureRows::spend)
        .toList();
  }

  private static Spend spend(Tuple row) {
    SpendRow spend = requireNonNull(row.get("spend", SpendRow.class));
    return new Spend(
        new JobId(spend.key().jobId()),
        spend.key().day(),
        RepositoryName.parse(row.get("repository", String.class)),
        row.get("state", String.class),
        spend.key().model(),
        spend.toSpent());
  }
}
