package dev.knight.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.knight.home.KnightHome;
import dev.knight.job.Subject;
import dev.knight.overlay.Keeper;
import dev.knight.overlay.Layers;
import dev.knight.overlay.Overlays;
import dev.knight.packaged.Program.Service;
import dev.knight.rehearsal.ModelAnswer;
import dev.knight.rehearsal.ModelRequest;
import dev.knight.rehearsal.Permission;
import dev.knight.rehearsal.TokenRight;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RecoveryIT {
  private static final String OTHER_TOKEN = "ghp_otherOtherOtherOther0123456789";

  @TempDir private Path home;

  @Test
  void an_outage_of_the_model_parks_two_jobs_and_burns_no_attempt() throws Exception {
    AtomicBoolean back = new AtomicBoolean();
    ModelAnswer down = ModelAnswer.error(503, "Service unavailable");
    try (Town town = new Town(home, request -> back.get() ? Town.notes(request) : down);
        Service _ = town.knight().serve()) {
      Subject one = town.ask(1);
      Subject two = town.ask(2);
      town.await("the news", () -> town.status(one).contains("I try again at"));

      back.set(true);

      assertThat(town.finalWord(one)).contains("done:");
      assertThat(town.finalWord(two)).contains("done:");
      assertThat(town.knight().run("show", "1").out()).contains("done, try 1");
      assertThat(town.knight().run("show", "2").out()).contains("done, try 1");
    }
  }

  @Test
  void a_revoked_token_parks_the_job_until_another_is_set() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch revoked = new CountDownLatch(1);
    try (Town town =
        new Town(
            home,
            request -> {
              asked.countDown();
              await(revoked);
              return Town.notes(request);
            })) {
      Subject issue = town.ask(1);
      try (Service _ = town.knight().serve()) {
        await(asked);
        town.world().revokeToken(Town.TOKEN);
        revoked.countDown();
        town.await("its rest", () -> town.knight().run("jobs").out().contains("retrying"));
        assertThat(town.knight().run("show", "1").out()).contains("does not accept the token");
      }
      town.world().addToken(OTHER_TOKEN, "sir-knight", TokenRight.WRITE);
      town.world().permit(Town.REPOSITORY, "sir-knight", Permission.WRITE);

      Program mended = town.knight().with("KNIGHT_GITHUB_TOKEN", OTHER_TOKEN);
      try (Service _ = mended.serve()) {
        assertThat(town.finalWord(issue)).contains("done:");
        assertThat(mended.run("show", "1").out()).contains("done, try 1");
      }
      assertThat(town.pulls()).hasSize(1);
      assertThat(town.own(issue)).hasSize(1);
    }
  }

  @Test
  void an_orderly_end_leaves_pi_at_work_and_the_next_start_finds_it() throws Exception {
    try (Town town = new Town(home, RecoveryIT::slow)) {
      Program knight = town.knight().with("KNIGHT_HTTP_PORT", freePort());
      Subject issue = town.ask(1);
      Service first = knight.serve();
      town.await("a tool that works", () -> Files.exists(town.worktree(1).resolve("waiting")));

      first.process().destroy();

      assertThat(first.process().waitFor(5, TimeUnit.MINUTES)).isTrue();
      assertThat(first.process().exitValue()).isZero();
      try (Service _ = knight.serve()) {
        town.await("pi found", () -> knight.run("show", "1").out().contains("re-attached"));
        Files.createFile(town.worktree(1).resolve("go"));
        assertThat(town.finalWord(issue)).contains("done:");
        assertThat(knight.run("show", "1").out()).contains("done, try 1");
      }
      assertThat(implementerTurns(town)).doesNotHaveDuplicates();
    }
  }

  @Test
  void agents_are_ended_with_the_service_if_it_was_told_so_and_go_on_after() throws Exception {
    try (Town town = new Town(home, RecoveryIT::slow)) {
      Subject issue = town.ask(1);
      Service first = town.knight().serve("--stop-agents");
      town.await("a tool that works", () -> Files.exists(town.worktree(1).resolve("waiting")));

      first.process().destroy();

      assertThat(first.process().waitFor(5, TimeUnit.MINUTES)).isTrue();
      assertThat(StopIT.alive(town.knight().home())).isEmpty();
      Files.createFile(town.worktree(1).resolve("go"));
      try (Service _ = town.knight().serve()) {
        assertThat(town.finalWord(issue)).contains("done:");
        assertThat(town.knight().run("show", "1").out())
            .contains("done, try 1")
            .contains("resumed");
      }
    }
  }

  @Test
  void in_layers_it_goes_on_after_the_service_and_what_showed_its_files_were_killed()
      throws Exception {
    assumeThat(showsLayers(home.resolve("tried")))
        .as("this kernel shows a user what lies in layers")
        .isTrue();
    try (Town town = new Town(home, RecoveryIT::slow)) {
      Program knight = town.knight().with("KNIGHT_WORKTREES", "layered");
      Subject issue = town.ask(1);
      Service first = knight.serve();
      town.await("a tool that works", () -> Files.exists(town.worktree(1).resolve("waiting")));
      Keeper killed = town.keeper(1).orElseThrow();

      first.kill();
      ProcessHandle keeper = ProcessHandle.of(killed.pid()).orElseThrow();
      assertThat(keeper.destroyForcibly()).isTrue();
      keeper.onExit().get(5, TimeUnit.MINUTES);

      assertThat(StopIT.alive(knight.home())).as("the agent, which works on").isNotEmpty();
      try (Service _ = knight.serve()) {
        town.await("files that are shown anew", () -> town.keeper(1).isPresent());
        Files.createFile(town.worktree(1).resolve("go"));
        assertThat(town.finalWord(issue)).contains("done:");
        assertThat(knight.run("show", "1").out()).contains("done, try 1").contains("resumed");
        town.await("the end of all", () -> StopIT.alive(knight.home()).isEmpty());
      }
      assertThat(town.pulls()).hasSize(1);
      assertThat(town.file(town.pulls().getFirst(), "notes/1.md")).isEqualTo("note 1 is fine\n");
    }
  }

  @Test
  void a_job_under_which_the_service_dies_twice_waits_for_a_person() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    try (Town town =
        new Town(
            home,
            request -> {
              asked.countDown();
              await(over);
              return Town.notes(request);
            })) {
      Subject issue = town.ask(1);
      Service first = town.knight().serve();
      await(asked);
      first.kill();
      Service second = town.knight().serve();
      town.await(
          "the second try", () -> town.knight().run("show", "1").out().contains("re-attached"));
      second.kill();

      try (Service _ = town.knight().serve()) {
        town.await("the question", () -> town.status(issue).contains("knight retry 1"));
        assertThat(town.knight().run("jobs").out()).contains("needs-you");
        assertThat(town.knight().run("show", "1").out())
            .contains("crashes of the service in a row 2");
        town.await("pi's end", () -> StopIT.alive(town.knight().home()).isEmpty());

        over.countDown();
        assertThat(town.knight().run("retry", "1").exitCode()).isZero();

        town.await("the end", () -> town.status(issue).contains("done:"));
      }
    }
  }

  /** Its second turn runs a command that waits for a file. */
  private static ModelAnswer slow(ModelRequest request) {
    return request.tools().contains("edit") && request.turn() == 1
        ? ModelAnswer.text("I wait.")
            .bash("touch waiting; while [ ! -e go ]; do sleep 0.2; done; rm -f waiting go")
        : Town.notes(request);
  }

  private static boolean showsLayers(Path place) throws IOException {
    Layers layers =
        new Layers(
            Files.createDirectories(place.resolve("below")),
            Files.createDirectory(place.resolve("own")),
            Files.createDirectory(place.resolve("work")));
    return new Overlays(new KnightHome(place), true).fits(layers);
  }

  private static java.util.List<Integer> implementerTurns(Town town) {
    return town.model().requests().stream()
        .filter(request -> request.tools().contains("edit"))
        .map(ModelRequest::turn)
        .toList();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(5, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private static String freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return Integer.toString(socket.getLocalPort());
    }
  }
}
