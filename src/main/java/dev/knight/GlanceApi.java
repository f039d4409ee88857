package dev.knight;

import dev.knight.api.BackupView;
import dev.knight.api.EnqueueRequest;
import dev.knight.api.JobDetails;
import dev.knight.api.JobLimits;
import dev.knight.api.JobView;
import dev.knight.api.JobWork;
import dev.knight.api.KnightApi;
import dev.knight.api.MemoryApi;
import dev.knight.api.NoSuchJobException;
import dev.knight.api.Notices;
import dev.knight.api.Statistics;
import dev.knight.api.StatsView;
import dev.knight.api.SteerRequest;
import dev.knight.hygiene.Redactor;
import dev.knight.job.FigureReading;
import dev.knight.job.JobId;
import dev.knight.job.JobQuery;
import dev.knight.job.JobReading;
import dev.knight.store.StoreGlance;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What can be answered from the store's file alone, in the time of a glance. Everything else, and a
 * file that needs more than reading, is a {@link TooMuchException}: then the framework has to
 * start.
 */
final class GlanceApi implements KnightApi {
  private final Store store;
  private final JobLimits limits;
  private final Function<JobReading, JobWork> work;
  private final Function<FigureReading, Statistics> statistics;
  private final Redactor redactor;
  private final InstantSource clock;

  /**
   * @param work what jobs have made
   * @param statistics what they came to and cost
   */
  GlanceApi(
      Store store,
      JobLimits limits,
      Function<JobReading, JobWork> work,
      Function<FigureReading, Statistics> statistics,
      Redactor redactor,
      InstantSource clock) {
    this.statistics = statistics;
    this.redactor = redactor;
    this.clock = clock;
    this.store = store;
    this.limits = limits;
    this.work = work;
  }

  /** Who has the store, for the time of one look: who reads an answer keeps nobody from it. */
  @FunctionalInterface
  interface Store {
    /** What {@code look} sees. */
    <T> T look(Function<StoreGlance, T> look);
  }

  /** That a glance does not do. */
  static final class TooMuchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooMuchException() {}

    TooMuchException(Exception cause) {
      super(cause);
    }
  }

  /** That another process has the store; it may be over in a moment. */
  static final class TakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public List<JobView> jobs(JobQuery query) {
    JobQuery bounded = KnightApi.bounded(query);
    return glanced(
        seen -> seen.jobs(bounded).stream().map(job -> JobView.of(job, redactor::text)).toList());
  }

  @Override
  public JobDetails show(long job) {
    return glanced(seen ->
        Optional.of(job)
            .filter(number -> number > 0)
            .flatMap(number -> seen.find(new JobId(number)))
            .map(found -> JobDetails.of(found, seen, limits, work.apply(seen), redactor::text))
            .orElseThrow(() -> NoSuchJobException.of(job)));
  }

  private <T> T glanced(Function<StoreGlance, T> question) {
    try {
      return store.look(question);
    } catch (StoreGlance.UnreadableException unreadable) {
      throw new TooMuchException(unreadable);
    }
  }

  @Override
  public String diff(long job) {
    throw new TooMuchException();
  }

  @Override
  public JobView enqueue(@Nullable EnqueueRequest request) {
    throw new TooMuchException();
  }

  @Override
  public JobView steer(long job, @Nullable SteerRequest request) {
    throw new TooMuchException();
  }

  @Override
  public JobView stop(long job) {
    throw new TooMuchException();
  }

  @Override
  public JobView retry(long job) {
    throw new TooMuchException();
  }

  @Override
  public JobView release(long job) {
    throw new TooMuchException();
  }

  @Override
  public StatsView stats(int days) {
    return glanced(seen -> statistics.apply(seen).of(days, clock.instant()));
  }

  @Override
  public MemoryApi memory() {
    throw new TooMuchException();
  }

  @Override
  public Notices notices() {
    throw new TooMuchException();
  }

  @Override
  public BackupView backup() {
    throw new TooMuchException();
  }
}
