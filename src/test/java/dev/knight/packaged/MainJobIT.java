package dev.knight.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.job.Subject;
import dev.knight.packaged.Program.Ended;
import dev.knight.packaged.Program.Service;
import dev.knight.rehearsal.Issue;
import dev.knight.rehearsal.ModelAnswer;
import dev.knight.rehearsal.Reaction;
import dev.knight.rehearsal.SeenRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MainJobIT {
  @TempDir private Path home;

  @Test
  void a_mention_becomes_a_pull_request_and_the_requester_is_tagged() throws Exception {
    try (Town town = new Town(home, Town::notes);
        Service service = town.knight().serve()) {
      Subject issue = town.ask(1);

      String word = town.finalWord(issue);

      Issue pull = town.pulls().getFirst();
      assertThat(town.pulls()).hasSize(1);
      assertThat(pull.pull().orElseThrow().head()).isEqualTo("knight/1-add-note-1");
      assertThat(pull.pull().orElseThrow().draft()).isFalse();
      assertThat(pull.title()).isEqualTo("Add note 1");
      assertThat(town.file(pull, "notes/1.md")).isEqualTo("note 1 is fine\n");
      assertThat(pull.body())
          .contains("It is written")
          .contains("`sh check.sh` | ✅ passed")
          .contains("Closes #1, asked for by @ada.")
          .doesNotContain("@eve");
      assertThat(word).contains("/pull/" + pull.number());
      assertThat(
              town.world().reactions(Town.REPOSITORY, new Reaction.Target(Reaction.Kind.ISSUE, 1)))
          .hasSize(1);
      assertThat(town.world().notifications("ada")).isNotEmpty();
      assertThat(town.world().notifications("eve")).isEmpty();
      town.assertAsGitHubSays();
      assertThat(leaks(home.resolve("k"))).isEmpty();
      assertThat(service.said()).doesNotContain(Town.TOKEN).doesNotContain(Town.MODEL_KEY);
    }
  }

  @Test
  void ten_mentions_with_two_workers_become_ten_pull_requests() throws Exception {
    try (Town town = new Town(home, Town::notes);
        Service _ = town.knight().serve()) {
      List<Subject> issues = IntStream.rangeClosed(1, 10).mapToObj(town::ask).toList();

      issues.forEach(town::finalWord);

      assertThat(town.pulls()).hasSize(10);
      assertThat(town.pulls())
          .allSatisfy(pull -> {
            String number = pull.title().replace("Add note ", "");
            assertThat(town.file(pull, "notes/" + number + ".md")).contains("note " + number);
            assertThat(pull.body()).contains("Closes #" + number);
          })
          .extracting(Issue::title)
          .doesNotHaveDuplicates();
      town.await(
          "idle polls that cost nothing", () -> lastPolls(town).equals(List.of(304, 304, 304)));
      town.assertAsGitHubSays();
    }
  }

  @Test
  void a_request_by_hand_needs_no_polling_and_outlives_a_service_that_is_away() throws Exception {
    try (Town town = new Town(home, Town::notes)) {
      Program knight = town.knight().with("KNIGHT_POLLING_ENABLED", "false");
      Subject issue =
          town.world().openIssue(Town.REPOSITORY, "eve", "Add note 7", "It is missing.");

      Ended enqueued = knight.run("enqueue", town.page(issue), "-m", "Write note 7");

      assertThat(enqueued.exitCode()).as(enqueued.err()).isZero();
      try (Service _ = knight.serve()) {
        town.await("a pull request", () -> town.pulls().size() == 1);
        town.await("its end", () -> knight.run("jobs", "--json").out().contains("\"done\""));
        Ended shown = knight.run("show", "1", "--json");
        assertThat(shown.out())
            .contains("\"pullRequest\"")
            .contains("/pull/2")
            .contains("\"effects\"");
        assertThat(knight.run("logs", "1").out()).contains("I write it.");
      }
      assertThat(town.file(town.pulls().getFirst(), "notes/7.md")).contains("note 7");
      town.assertAsGitHubSays();
    }
  }

  @Test
  void a_job_in_the_foreground_needs_no_service() throws Exception {
    try (Town town = new Town(home, Town::notes)) {
      Subject issue = town.ask(3);

      Ended ended = town.knight().run("run", town.page(issue));

      assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
      assertThat(ended.out()).contains("Entered publish").contains("/pull/2");
      assertThat(town.pulls()).hasSize(1);
    }
  }

  @Test
  void a_service_that_is_killed_goes_on_where_it_was() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch killed = new CountDownLatch(1);
    try (Town town =
        new Town(
            home,
            request -> {
              ModelAnswer answer = Town.notes(request);
              if (request.tools().contains("edit") && request.turn() == 1) {
                asked.countDown();
                await(killed);
              }
              return answer;
            })) {
      Subject issue = town.ask(4);
      try (Service first = town.knight().with("KNIGHT_HTTP_PORT", freePort()).serve()) {
        await(asked);
        first.kill();
      }
      killed.countDown();
      try (Service _ = town.knight().serve()) {
        town.finalWord(issue);
      }

      assertThat(town.pulls()).hasSize(1);
      assertThat(town.own(issue)).hasSize(1);
      assertThat(town.file(town.pulls().getFirst(), "notes/4.md")).contains("note 4");
    }
  }

  @Test
  void a_job_that_is_stopped_stops_and_says_so() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    try (Town town =
            new Town(
                home,
                request -> {
                  asked.countDown();
                  await(over);
                  return Town.notes(request);
                });
        Service _ = town.knight().serve()) {
      Subject issue = town.ask(5);
      await(asked);

      Ended stopped = town.knight().run("stop", "1");

      assertThat(stopped.exitCode()).as(stopped.err()).isZero();
      assertThat(town.finalWord(issue)).contains("stopped");
      town.await("pi's end", () -> agents(home).isEmpty());
      over.countDown();
      assertThat(town.pulls()).isEmpty();
      assertThat(town.knight().run("retry", "1").exitCode()).isZero();
      town.await("the pull request of the next try", () -> town.pulls().size() == 1);
    }
  }

  /** How GitHub answered the last look at each of the three lists. */
  private static List<Integer> lastPolls(Town town) {
    List<Integer> polls =
        town.gitHub().requests().stream()
            .filter(seen -> seen.query().contains("since"))
            .map(SeenRequest::status)
            .toList();
    return polls.subList(Math.max(0, polls.size() - 3), polls.size());
  }

  /** The processes of pi and its bridges that run for this home. */
  private static List<String> agents(Path home) {
    return ProcessHandle.allProcesses()
        .map(Program::commandLine)
        .filter(line -> line.contains(home.toString()) && line.contains(" bridge "))
        .toList();
  }

  /** The files under {@code home} that hold a secret. */
  private static List<Path> leaks(Path home) throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      return files.filter(Files::isRegularFile).filter(MainJobIT::holdsSecret).toList();
    }
  }

  private static boolean holdsSecret(Path file) {
    try {
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      return text.contains(Town.TOKEN) || text.contains(Town.MODEL_KEY);
    } catch (IOException gone) {
      return false;
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(5, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private static String freePort() throws IOException {
    try (var socket = new java.net.ServerSocket(0)) {
      return Integer.toString(socket.getLocalPort());
    }
  }
}
