package dev.knight.store;

import dev.knight.job.Effect;
import dev.knight.job.Event;
import dev.knight.job.FigureReading;
import dev.knight.job.Hold;
import dev.knight.job.Job;
import dev.knight.job.JobId;
import dev.knight.job.JobKind;
import dev.knight.job.JobQuery;
import dev.knight.job.JobReading;
import dev.knight.job.Person;
import dev.knight.job.RepositoryName;
import dev.knight.job.Spent;
import dev.knight.job.Subject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A look into the store's file while nobody else has it, for a command that asks and ends: one
 * connection that only reads, and none of what a service needs. It reads what this knight's schema
 * has; of a file that was never written it says that there are no jobs.
 */
public final class StoreGlance implements JobReading, FigureReading, AutoCloseable {
  private static final String SETTINGS =
      ";IFEXISTS=TRUE;ACCESS_MODE_DATA=r;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";

  private final Optional<Connection> store;

  /** Looks through {@code store}, where there is one. */
  StoreGlance(Optional<Connection> store) {
    this.store = store;
  }

  /** That the file is not as this knight would have written it, or cannot be read so. */
  public static final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableException(Exception cause) {
      super("The store cannot be read at a glance", cause);
    }
  }

  /**
   * Opens it.
   *
   * @param store the store's file, without the ending that H2 adds
   */
  public static StoreGlance open(Path store) {
    if (!Files.exists(store.resolveSibling(store.getFileName() + ".mv.db"))) {
      return new StoreGlance(Optional.empty());
    }
    try {
      return new StoreGlance(
          Optional.of(DriverManager.getConnection("jdbc:h2:file:" + store + SETTINGS)));
    } catch (SQLException unreadable) {
      throw new UnreadableException(unreadable);
    }
  }

  @Override
  public Optional<Job> find(JobId id) {
    return rows("select * from job where id = ?", List.of(id.value()), StoreGlance::job).stream()
        .findFirst();
  }

  @Override
  public List<Job> jobs(JobQuery query) {
    Search search = Search.of(query);
    List<Object> values = new ArrayList<>(search.values());
    values.add(query.limit());
    return rows(
        "select * from job where " + search.sql() + " order by id desc fetch first ? rows only",
        values,
        StoreGlance::job);
  }

  @Override
  public List<Event> events(JobId id, long after) {
    return rows(
        "select * from event where job_id = ? and id > ? order by id",
        List.of(id.value(), after),
        row ->
            new Event(
                row.getLong("id"),
                id,
                there(time(row, "happened_at")),
                row.getString("kind"),
                row.getString("text")));
  }

  @Override
  public List<Effect> effects(JobId id) {
    return rows(
        "select * from effect where job_id = ? order by id",
        List.of(id.value()),
        row ->
            new Effect(
                id,
                Effect.Kind.valueOf(row.getString("kind")),
                row.getString("effect_key"),
                Effect.State.valueOf(row.getString("state")),
                Optional.ofNullable(row.getString("external_id")),
                Optional.ofNullable(row.getString("link")).map(URI::create),
                there(time(row, "planned_at")),
                Optional.ofNullable(time(row, "begun_at")),
                Optional.ofNullable(time(row, "check_at"))));
  }

  @Override
  public List<Result> results(Instant since) {
    return rows(
        """
        select j.id, j.created_at, j.repository, j.state, m.merged_at,
          (select min(e.planned_at) from effect e
            where e.job_id = j.id and e.kind = 'PULL_REQUEST' and e.state = 'DONE') as opened_at,
          (select min(n.written_at) from mention n
            where n.job_id = j.id and n.founding = true) as asked_at
        from job j left join merged m on m.job_id = j.id
        where j.created_at >= ? order by j.created_at, j.id
        """,
        List.of(since.atOffset(ZoneOffset.UTC)),
        row -> {
          @Nullable Instant asked = time(row, "asked_at");
          @Nullable Instant opened = time(row, "opened_at");
          return FigureRows.result(
              new JobId(row.getLong("id")),
              there(time(row, "created_at")),
              row.getString("repository"),
              row.getString("state"),
              Optional.ofNullable(asked),
              Optional.ofNullable(opened),
              time(row, "merged_at") != null);
        });
  }

  @Override
  public List<Spend> spend(LocalDate since) {
    return rows(
        """
        select s.*, j.repository, j.state from spend s join job j on j.id = s.job_id
        where s.spent_on >= ? order by s.spent_on, s.job_id, s.model
        """,
        List.of(since),
        row ->
            new Spend(
                new JobId(row.getLong("job_id")),
                row.getObject("spent_on", LocalDate.class),
                RepositoryName.parse(row.getString("repository")),
                row.getString("state"),
                row.getString("model"),
                new Spent(
                    row.getLong("input_tokens"),
                    row.getLong("output_tokens"),
                    Columns.money(row.getBigDecimal("usd")))));
  }

  @Override
  public void close() {
    try {
      if (store.isPresent()) {
        store.get().close();
      }
    } catch (SQLException stays) {
      throw new UnreadableException(stays);
    }
  }

  /** The same columns in the same records as {@link JobRow} has. */
  private static Job job(ResultSet row) throws SQLException {
    long token = row.getLong("token");
    return new Job(
        new JobId(row.getLong("id")),
        row.getLong("version"),
        new Subject(RepositoryName.parse(row.getString("repository")), row.getLong("issue_number")),
        JobKind.valueOf(row.getString("kind")),
        row.getString("title"),
        new Person(row.getLong("requester_id"), row.getString("requester_login")),
        state(row).toState(token),
        row.getInt("attempt"),
        token,
        Optional.ofNullable(row.getString("branch")),
        new Spent(
            row.getLong("input_tokens"),
            row.getLong("output_tokens"),
            Columns.money(row.getBigDecimal("usd")),
            Duration.ofMillis(row.getLong("worked_millis"))),
        setbacks(row).toSetbacks(),
        hold(row),
        mandate(row).toMandate(),
        there(time(row, "created_at")),
        there(time(row, "updated_at")));
  }

  private static StateColumns state(ResultSet row) throws SQLException {
    return new StateColumns(
        row.getString("state"),
        row.getString("step"),
        row.getString("lease_owner"),
        time(row, "lease_end"),
        time(row, "due_at"),
        row.getString("reason"),
        row.getString("pull_request"),
        row.getBoolean("draft"),
        row.getString("kept_branch"),
        row.getBoolean("limited"));
  }

  private static SetbackColumns setbacks(ResultSet row) throws SQLException {
    return new SetbackColumns(
        row.getInt("failures"),
        row.getInt("bugs"),
        row.getInt("waits"),
        time(row, "waiting_since"),
        row.getInt("crashes"),
        row.getInt("steps"),
        row.getInt("furthest"));
  }

  private static Optional<Hold> hold(ResultSet row) throws SQLException {
    String tree = row.getString("held_tree");
    return tree == null
        ? Optional.empty()
        : Optional.of(
            new HoldColumns(tree, row.getString("held_diff"), row.getString("released_by"))
                .toHold());
  }

  private static MandateColumns mandate(ResultSet row) throws SQLException {
    return new MandateColumns(
        row.getString("plan_stage"),
        row.getString("plan_text"),
        row.getString("plan_by"),
        row.getLong("before_input_tokens"),
        row.getLong("before_output_tokens"),
        row.getBigDecimal("before_usd"),
        row.getLong("before_worked_millis"),
        time(row, "budget_since"),
        row.getString("budget_by"));
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static Instant there(@Nullable Instant column) {
    if (column == null) {
      throw new IllegalStateException("A time that every row has is missing");
    }
    return column;
  }

  /** What one row becomes. */
  private interface Reading<T> {
    T of(ResultSet row) throws SQLException;
  }

  private <T> List<T> rows(String question, List<Object> values, Reading<T> reading) {
    if (store.isEmpty()) {
      return List.of();
    }
    try (PreparedStatement statement = store.get().prepareStatement(question)) {
      for (int i = 0; i < values.size(); i++) {
        statement.setObject(i + 1, values.get(i));
      }
      List<T> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(reading.of(rows));
        }
      }
      return List.copyOf(found);
    } catch (SQLException | IllegalArgumentException | IllegalStateException foreign) {
      throw new UnreadableException(foreign);
    }
  }
}
