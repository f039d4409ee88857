package dev.knight.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.egress.JobNetwork;
import dev.knight.fake.MemoryJobStore;
import dev.knight.fake.TestClock;
import dev.knight.fake.TestMirror;
import dev.knight.git.BranchName;
import dev.knight.git.Commit;
import dev.knight.git.GitLimits;
import dev.knight.git.Mirror;
import dev.knight.git.Mirrors;
import dev.knight.home.KnightHome;
import dev.knight.job.Clash;
import dev.knight.job.Event;
import dev.knight.job.Job;
import dev.knight.job.Mention;
import dev.knight.job.Person;
import dev.knight.job.RepositoryName;
import dev.knight.job.Subject;
import dev.knight.publish.CommitStyle;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RadarTest {
  private static final RepositoryName ENGINE = new RepositoryName("ada", "engine");

  @TempDir Path directory;

  private final TestClock clock = TestClock.atNoon();
  private final MemoryJobStore store = new MemoryJobStore();
  private final Radar radar = new Radar(store, clock, Runnable::run);
  private final List<String> heard = new ArrayList<>();
  private Mirrors mirrors;
  private Mirror mirror;
  private Commit base;
  private Side earlier;
  private Side later;

  @BeforeEach
  void two_jobs_work_in_one_repository() throws Exception {
    KnightHome home = new KnightHome(directory.resolve("home"));
    mirrors = new Mirrors(home, _ -> Optional.empty(), GitLimits.standard(), clock);
    mirror = mirrors.mirror(ENGINE, URI.create("http://127.0.0.1:1/ada/engine.git"));
    base = TestMirror.commit(mirror.path(), "pump.txt", "one\ntwo\nthree\nfour\nfive\n");
    earlier = new Side(5);
    later = new Side(6);
  }

  @AfterEach
  void close() {
    mirrors.close();
  }

  @Test
  void the_later_one_is_told_once_that_both_change_the_same_line() throws Exception {
    earlier.writes("pump.txt", "one\nTWO\nthree\nfour\nfive\n");
    later.writes("pump.txt", "one\n2\nthree\nfour\nfive\n");

    earlier.looks();
    later.looks();
    later.looks();
    earlier.looks();

    assertThat(heard).hasSize(1);
    assertThat(heard.getFirst()).startsWith("clash 1: ").contains("pump.txt");
    assertThat(Clash.in(store.events(later.job.id(), 0)))
        .containsExactly(new Clash(earlier.job.id(), 5, "pump.txt"));
    assertThat(Clash.in(store.events(earlier.job.id(), 0))).isEmpty();
  }

  @Test
  void lines_that_go_together_are_nobodys_trouble() throws Exception {
    earlier.writes("pump.txt", "ONE\ntwo\nthree\nfour\nfive\n");
    later.writes("pump.txt", "one\ntwo\nthree\nfour\nFIVE\n");

    earlier.looks();
    later.looks();

    assertThat(heard).isEmpty();
  }

  @Test
  void a_job_that_has_ended_is_in_nobodys_way() throws Exception {
    earlier.writes("pump.txt", "one\nTWO\nthree\nfour\nfive\n");
    later.writes("pump.txt", "one\n2\nthree\nfour\nfive\n");

    earlier.looks();
    earlier.sweep.close();
    later.looks();

    assertThat(heard).isEmpty();
  }

  /** One of the two jobs. */
  private final class Side {
    private final Job job;
    private final Workplace place;
    private final Radar.Sweep sweep;
    private final List<Runnable> beats = new ArrayList<>();

    Side(long issue) {
      Mention mention =
          new Mention(
              "n" + issue,
              new Subject(ENGINE, issue),
              Mention.Source.ISSUE,
              issue,
              new Person(1, "ada"),
              "Mend the pump",
              "@knight mend it",
              URI.create("https://github.com/ada/engine/issues/" + issue),
              clock.instant());
      job = store.accept(mention, clock.instant());
      place =
          new Workplace(
              mirror,
              mirror.worktree(job.id(), base),
              new BranchName("main"),
              new BranchName("knight/" + issue),
              Brief.of(ENGINE, mention, List.of(), List.of()),
              RepositoryConfig.NONE,
              "",
              new Limits(Duration.ofHours(1), BigDecimal.TEN, Duration.ofMinutes(5), 2, 3),
              directory,
              JobNetwork.none(),
              CommitStyle.NONE);
      sweep = radar.sweep(place, (key, words) -> heard.add(key + ": " + words), new Told(this));
    }

    void writes(String file, String text) throws Exception {
      Files.writeString(place.worktree().path().resolve(file), text);
    }

    void looks() {
      clock.pass(Duration.ofMinutes(1));
      beats.forEach(Runnable::run);
    }
  }

  private final class Told extends QuietProgress {
    private final Side side;

    Told(Side side) {
      this.side = side;
    }

    @Override
    public Job job() {
      return side.job;
    }

    @Override
    public void tell(String kind, String text) {
      store.tell(List.of(Event.of(side.job.id(), clock.instant(), kind, text)));
    }

    @Override
    public void onBeat(Runnable look) {
      side.beats.add(look);
    }
  }
}
