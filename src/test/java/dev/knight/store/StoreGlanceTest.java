package dev.knight.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.knight.job.Job;
import dev.knight.job.JobId;
import dev.knight.job.JobQuery;
import dev.knight.job.RepositoryName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What it sees is held against the store itself after each test of {@link DatabaseJobStoreTest}.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StoreGlanceTest {
  @TempDir Path home;

  @Test
  void a_store_of_today_is_read_and_not_written() throws IOException {
    Path file = OldStore.make(home, OldStore.schemas().getLast()).file();
    Path written = file.resolveSibling("knight.mv.db");
    byte[] before = Files.readAllBytes(written);

    try (StoreGlance glance = StoreGlance.open(file)) {
      List<Job> jobs = glance.jobs(JobQuery.newest(100));

      assertThat(jobs).isNotEmpty();
      assertThat(jobs)
          .allSatisfy(job -> assertThat(glance.find(job.id())).contains(job))
          .anySatisfy(job -> assertThat(glance.events(job.id(), 0)).isNotEmpty())
          .anySatisfy(job -> assertThat(glance.effects(job.id())).isNotEmpty());
      assertThat(glance.find(new JobId(999_999))).isEmpty();
      assertThat(glance.results(Instant.EPOCH)).hasSameSizeAs(jobs);
      assertThat(glance.spend(LocalDate.EPOCH)).isNotEmpty();
    }

    assertThat(Files.readAllBytes(written)).isEqualTo(before);
  }

  @Test
  void the_first_schema_is_too_old_for_a_glance() {
    Path file = OldStore.make(home, OldStore.schemas().getFirst()).file();

    try (StoreGlance glance = StoreGlance.open(file)) {
      assertThatExceptionOfType(StoreGlance.UnreadableException.class)
          .isThrownBy(() -> glance.jobs(JobQuery.newest(100)));
    }
  }

  @Test
  void a_store_that_was_never_written_has_no_jobs_and_is_not_made() {
    Path file = home.resolve("store/knight");

    try (StoreGlance glance = StoreGlance.open(file)) {
      assertThat(glance.jobs(JobQuery.newest(1).of(new RepositoryName("ada", "engine")))).isEmpty();
      assertThat(glance.find(new JobId(1))).isEmpty();
    }

    assertThat(home).isEmptyDirectory();
  }

  @Test
  void a_file_that_is_no_store_is_not_read() throws IOException {
    Path file = Files.createDirectories(home.resolve("store")).resolve("knight");
    Files.writeString(file.resolveSibling("knight.mv.db"), "nonsense\n".repeat(2_000));

    assertThatExceptionOfType(StoreGlance.UnreadableException.class)
        .isThrownBy(() -> StoreGlance.open(file));
  }
}
