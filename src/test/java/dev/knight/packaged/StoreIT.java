package dev.knight.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.job.Subject;
import dev.knight.packaged.Program.Ended;
import dev.knight.packaged.Program.Service;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to the store of a real service, and what its operator can do. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StoreIT {
  private static final Pattern CONFIRMED = Pattern.compile("Job (\\d+) for .*");

  /** A disk that takes so much more than it has is full after a few jobs. */
  private static final long ROOM = 512 << 10;

  private static final int MOST_REQUESTS = 40;

  /** The two blocks with which an H2 file begins. */
  private static final int HEADER = 2 * 4096;

  @TempDir private Path home;

  @Test
  void a_full_disk_ends_the_service_and_nothing_confirmed_is_lost() throws Exception {
    try (Town town = new Town(home, Town::notes)) {
      Program knight = town.knight().with("KNIGHT_POLLING_ENABLED", "false");
      List<String> confirmed = new ArrayList<>();
      try (Service service = knight.serve()) {
        limit(service, Files.size(store(knight)) + ROOM);
        for (int i = 1; i <= MOST_REQUESTS && service.process().isAlive(); i++) {
          Matcher job =
              CONFIRMED.matcher(knight.run("enqueue", town.page(town.ask(i))).out().strip());
          if (job.matches()) {
            confirmed.add(job.group(1));
          }
        }

        assertThat(service.process().waitFor(5, TimeUnit.MINUTES)).as("it ends itself").isTrue();
        assertThat(service.process().exitValue()).isEqualTo(3);
        assertThat(service.said()).contains("make room, then start knight again");
      }

      assertThat(confirmed).isNotEmpty();
      assertThat(knight.run("jobs").out().lines().map(line -> line.split("\t", 2)[0]))
          .containsAll(confirmed);
    }
  }

  @Test
  void a_damaged_store_is_told_and_a_backup_brings_it_back() throws Exception {
    try (Town town = new Town(home, Town::notes)) {
      Program knight = town.knight();
      Path backup = home.resolve("jobs.sql.gz");
      assertThat(knight.run("enqueue", town.page(town.ask(1))).exitCode()).isZero();
      assertThat(knight.run("backup", backup.toString()).exitCode()).isZero();
      assertThat(knight.run("jobs").exitCode()).isZero();
      try (FileChannel file = FileChannel.open(store(knight), StandardOpenOption.WRITE)) {
        file.truncate(HEADER); // more may still hold all of it, in an older state
      }

      // Slowly enough for a tick while the start fails: it must not be seen.
      Ended damaged = knight.slowly().run("serve");
      assertThat(damaged.exitCode()).as(damaged.err()).isEqualTo(3);
      assertThat(damaged.err()).contains("knight restore").doesNotContain("\tat ");

      Ended restored = knight.run("restore", backup.toString());
      assertThat(restored.exitCode()).as(restored.err()).isZero();
      assertThat(restored.out()).contains("The store has 1 jobs again", "knight-before-");
      assertThat(knight.run("jobs").out()).startsWith("1\t");
    }
  }

  @Test
  void a_store_that_serves_can_be_copied_and_not_replaced() throws Exception {
    try (Town town = new Town(home, Town::notes);
        Service service = town.knight().serve()) {
      Subject issue = town.ask(1);
      town.finalWord(issue);
      Path backup = home.resolve("jobs.sql.gz");

      assertThat(town.knight().run("backup", backup.toString()).exitCode()).isZero();

      Ended refused = town.knight().run("restore", backup.toString());
      assertThat(refused.exitCode()).isEqualTo(3);
      assertThat(refused.err()).contains("process " + service.process().pid());
    }
  }

  @Test
  void after_an_old_backup_nothing_is_there_twice() throws Exception {
    try (Town town = new Town(home, Town::notes)) {
      Program knight = town.knight();
      Path backup = home.resolve("jobs.sql.gz");
      Subject first;
      Subject second;
      try (Service _ = knight.serve()) {
        first = town.ask(1);
        town.finalWord(first);
        assertThat(knight.run("backup", backup.toString()).exitCode()).isZero();
        second = town.ask(2);
        town.finalWord(second);
      }
      assertThat(knight.run("restore", backup.toString()).exitCode()).isZero();

      try (Service _ = knight.serve()) {
        Subject third = town.ask(3);
        town.finalWord(third);
        town.await("the second is looked at again", () -> over(knight) == 3);
      }

      assertThat(town.own(first)).hasSize(1);
      assertThat(town.own(second)).hasSize(1);
      assertThat(town.pulls()).hasSize(3);
    }
  }

  /** How many jobs are over; one whose work was done before has nothing to change. */
  private static long over(Program knight) {
    return knight
        .run("jobs")
        .out()
        .lines()
        .filter(line -> line.contains("\tdone") || line.contains("\tno-change"))
        .count();
  }

  private static Path store(Program knight) {
    return knight.home().resolve("store/knight.mv.db");
  }

  /** What is larger than that cannot be written by the service any more. */
  private static void limit(Service service, long bytes) throws IOException, InterruptedException {
    Process limiting =
        new ProcessBuilder(
                "prlimit",
                "--pid",
                Long.toString(service.process().pid()),
                "--fsize=" + bytes + ":" + bytes)
            .inheritIO()
            .start();
    assertThat(limiting.waitFor()).isZero();
  }
}
