package dev.knight.store;

import dev.knight.hygiene.Redactor;
import dev.knight.job.Job;
import dev.knight.job.JobId;
import dev.knight.job.JobKind;
import dev.knight.job.JobState;
import dev.knight.job.JobState.Queued;
import dev.knight.job.Mandate;
import dev.knight.job.Mention;
import dev.knight.job.Person;
import dev.knight.job.RepositoryName;
import dev.knight.job.Setbacks;
import dev.knight.job.Spent;
import dev.knight.job.Subject;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A job as it lies in table {@code job}. Columns change only here, where Hibernate sees it. */
@Entity
@EntityListeners(Touched.class)
@Table(name = "job")
class JobRow {
  @Id private long id;

  private long version;
  private String repository;

  @Column(name = "repository_key")
  private String repositoryKey;

  @Column(name = "issue_number")
  private long issueNumber;

  @Column(name = "active_subject")
  private @Nullable String activeSubject;

  private String kind;
  private String title;

  @Column(name = "requester_id")
  private long requesterId;

  @Column(name = "requester_login")
  private String requesterLogin;

  @Embedded private StateColumns state;
  private int attempt;
  private long token;
  private @Nullable String branch;

  @Column(name = "input_tokens")
  private long inputTokens;

  @Column(name = "output_tokens")
  private long outputTokens;

  private BigDecimal usd;
  @Embedded private SetbackColumns setbacks;

  /** Null where all of its columns are. */
  @Embedded private @Nullable HoldColumns hold;

  @Embedded private MandateColumns mandate;

  @Column(name = "worked_millis")
  private long workedMillis;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "updated_at")
  private Instant updatedAt;

  @SuppressWarnings("UnusedVariable") // JobRows asks for it
  private boolean untold;

  @SuppressWarnings("UnusedVariable") // as above
  private boolean unkept;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected JobRow() {}

  /** The new job {@code id}, queued, that {@code mention} asks for. */
  @SuppressWarnings("NullAway.Init") // become sets the other half
  JobRow(JobId id, Mention mention, Instant now) {
    this.id = id.value();
    Subject subject = mention.subject();
    repository = subject.repository().toString();
    repositoryKey = subject.repository().key();
    issueNumber = subject.number();
    kind = JobKind.of(mention.order()).name();
    title = Columns.text(mention.title(), Columns.TITLE);
    requesterId = mention.author().id();
    requesterLogin = mention.author().login();
    createdAt = Columns.time(now);
    state = StateColumns.of(new Queued());
    usd = BigDecimal.ZERO;
    setbacks = SetbackColumns.of(Setbacks.NONE);
    mandate = MandateColumns.of(Mandate.of(mention.order()));
    updatedAt = createdAt;
    activeSubject = active(subject);
    version = 1;
    untold = true;
  }

  /** What {@code active_subject} holds while a job of {@code subject} is unfinished. */
  static String active(Subject subject) {
    return subject.repository().key() + "#" + subject.number();
  }

  /** Whether it is called off just now, after work on it began: what it made is to be kept. */
  private boolean stops(Job job) {
    boolean stopped = state.state().equals(job.state().word());
    return job.state() instanceof JobState.Stopped && job.attempt() > 0 && !stopped;
  }

  /** Takes secrets out of what may repeat what a command or the agent printed. */
  void redact(Redactor redactor) {
    state = state.redacted(redactor);
    mandate = mandate.redacted(redactor);
  }

  /**
   * Takes over what a verb may change: state, attempt, branch, cost, setbacks, hold and mandate.
   */
  void become(Job job) {
    unkept = stops(job);
    state = StateColumns.of(job.state());
    activeSubject = job.isFinished() ? null : active(job.subject());
    attempt = job.attempt();
    token = job.token();
    branch = job.branch().orElse(null);
    inputTokens = job.spent().inputTokens();
    outputTokens = job.spent().outputTokens();
    usd = job.spent().usd().setScale(Columns.USD_DECIMALS, RoundingMode.HALF_UP);
    setbacks = SetbackColumns.of(job.setbacks());
    hold = job.hold().map(HoldColumns::of).orElse(null);
    mandate = MandateColumns.of(job.mandate());
    workedMillis = job.spent().time().toMillis();
    updatedAt = Columns.time(job.updatedAt());
    version++;
    untold = true;
  }

  /** The status comment now tells of {@code told}. */
  void told(long told) {
    untold = told < version;
  }

  long version() {
    return version;
  }

  JobId id() {
    return new JobId(id);
  }

  Job toJob() {
    return new Job(
        id(),
        version,
        new Subject(RepositoryName.parse(repository), issueNumber),
        JobKind.valueOf(kind),
        title,
        new Person(requesterId, requesterLogin),
        state.toState(token),
        attempt,
        token,
        Optional.ofNullable(branch),
        new Spent(inputTokens, outputTokens, Columns.money(usd), Duration.ofMillis(workedMillis)),
        setbacks.toSetbacks(),
        Optional.ofNullable(hold).map(HoldColumns::toHold),
        mandate.toMandate(),
        createdAt,
        updatedAt);
  }
}
