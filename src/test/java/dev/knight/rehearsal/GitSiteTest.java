package dev.knight.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.job.RepositoryName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class GitSiteTest {
  private static final RepositoryName ENGINE = RepositoryName.parse("ada/engine");

  @TempDir Path directory;
  private StandInGitHub gitHub;
  private World world;

  @BeforeEach
  void start() throws IOException {
    gitHub = StandInGitHub.start(directory.resolve("hub"));
    world = gitHub.world();
    world.addRepository(ENGINE, Map.of("README.md", "# Engine\n", "run.sh", "#!/bin/sh\n"));
    world.addUser("sir-knight");
    world.addToken("writes", "sir-knight", TokenRight.WRITE);
    world.addToken("reads", "sir-knight", TokenRight.READ);
    world.permit(ENGINE, "sir-knight", Permission.WRITE);
  }

  @AfterEach
  void stop() throws IOException {
    gitHub.close();
  }

  @Test
  void git_clones_and_pushes_a_branch() throws Exception {
    assertThat(git(directory, "clone", url("writes"), "work").code()).isZero();
    Path work = directory.resolve("work");
    assertThat(work.resolve("README.md")).hasContent("# Engine");
    assertThat(Files.isExecutable(work.resolve("run.sh"))).isTrue();

    commit(work, "a.txt", "one");
    Ran push = git(work, "push", "origin", "HEAD:refs/heads/knight/1");

    assertThat(push.code()).as(push.output()).isZero();
    assertThat(world.branches(ENGINE)).containsExactly("knight/1", "main");
    assertThat(world.file(ENGINE, "knight/1", "a.txt")).hasValue("one");
  }

  @Test
  void git_fetches_what_was_pushed_by_somebody_else_over_either_protocol() throws Exception {
    git(directory, "clone", url("reads"), "work");
    Path work = directory.resolve("work");
    world.push(ENGINE, "main", "ada", "More", Map.of("b.txt", "two"));

    assertThat(git(work, "-c", "protocol.version=2", "pull", "--ff-only").code()).isZero();
    assertThat(work.resolve("b.txt")).hasContent("two");

    world.push(ENGINE, "main", "ada", "Even more", Map.of("c.txt", "three"));
    assertThat(git(work, "-c", "protocol.version=0", "pull", "--ff-only").code()).isZero();
    assertThat(work.resolve("c.txt")).hasContent("three");
  }

  @Test
  void a_big_push_is_sent_in_chunks_and_arrives() throws Exception {
    git(directory, "clone", url("writes"), "work");
    Path work = directory.resolve("work");
    byte[] noise = new byte[3_000_000];
    new java.util.Random(7).nextBytes(noise);
    Files.write(work.resolve("noise"), noise);

    commit(work, "a.txt", "one");
    Ran push = git(work, "push", "origin", "HEAD:main");

    assertThat(push.code()).as(push.output()).isZero();
    assertThat(world.paths(ENGINE, "main")).contains("noise");
  }

  @Test
  void a_push_needs_a_token_that_may_write() throws Exception {
    git(directory, "clone", url("reads"), "work");
    Path work = directory.resolve("work");
    commit(work, "a.txt", "one");

    Ran push = git(work, "push", "origin", "HEAD:main");

    assertThat(push.code()).isNotZero();
    assertThat(push.output()).contains("403");
  }

  @Test
  void a_wrong_token_is_told_so() throws Exception {
    world.setPrivate(ENGINE, true);
    assertThat(git(directory, "clone", url("nobody"), "work").output())
        .contains("Authentication failed");
  }

  @Test
  void a_private_repository_hides_from_strangers() throws Exception {
    world.setPrivate(ENGINE, true);
    world.addUser("eve");
    world.addToken("eves", "eve", TokenRight.WRITE);

    assertThat(git(directory, "clone", url("eves"), "a").output()).contains("not found");
    assertThat(git(directory, "clone", url("reads"), "b").code()).isZero();
  }

  @Test
  void a_push_moves_the_pull_request_of_its_branch() throws Exception {
    git(directory, "clone", url("writes"), "work");
    Path work = directory.resolve("work");
    world.push(ENGINE, "topic", "ada", "Topic", Map.of("t.txt", "1"));
    world.openPullRequest(ENGINE, "ada", "Topic", "", "topic");
    git(work, "fetch", "origin");
    git(work, "checkout", "topic");

    commit(work, "t.txt", "2");
    git(work, "push", "origin", "topic");

    String head = git(work, "rev-parse", "HEAD").output().strip();
    assertThat(world.pullRequests(ENGINE).getFirst().pull().orElseThrow().headCommit())
        .isEqualTo(head);
    assertThat(git(work, "ls-remote", "origin", "refs/pull/1/head").output()).contains(head);
  }

  @Test
  void a_push_whose_answer_is_lost_took_effect() throws Exception {
    git(directory, "clone", url("writes"), "work");
    Path work = directory.resolve("work");
    commit(work, "a.txt", "one");
    gitHub.inject(Fault.on("POST", ".*/git-receive-pack").dropAfter());

    assertThat(git(work, "push", "origin", "HEAD:topic").code()).isNotZero();

    assertThat(world.file(ENGINE, "topic", "a.txt")).hasValue("one");
  }

  private String url(String token) {
    return "http://x-access-token:%s@127.0.0.1:%d/ada/engine.git"
        .formatted(token, gitHub.webUrl().getPort());
  }

  private static void commit(Path work, String file, String text) throws Exception {
    Files.writeString(work.resolve(file), text);
    git(work, "add", ".");
    Ran commit =
        git(work, "-c", "user.name=k", "-c", "user.email=k@example.org", "commit", "-m", file);
    assertThat(commit.code()).as(commit.output()).isZero();
  }

  private record Ran(int code, String output) {}

  private static Ran git(Path directory, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.redirectErrorStream(true);
    builder.environment().put("GIT_TERMINAL_PROMPT", "0");
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ran(process.waitFor(), output);
  }
}
