package dev.knight.git;

import static dev.knight.git.GitFixture.ENGINE;
import static dev.knight.git.GitFixture.LIMITS;
import static dev.knight.git.GitFixture.NOON;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.knight.job.JobId;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.RefusedException;
import dev.knight.job.Secret;
import dev.knight.job.UnavailableException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MirrorTest {
  private static final BranchName MAIN = new BranchName("main");

  @TempDir Path root;
  private GitFixture world;

  @BeforeEach
  void start() throws Exception {
    world = new GitFixture(root);
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void a_fetch_brings_every_branch() throws Exception {
    Commit topic = world.pushed("topic/one", "README.md", "# Other\n");

    Mirror mirror = world.fetched();

    assertThat(mirror.branchHead(MAIN).orElseThrow().id()).isEqualTo(world.onServer("main"));
    assertThat(mirror.branchHead(new BranchName("topic/one"))).contains(topic);
    assertThat(RealGit.fsck(mirror.path())).isEmpty();
  }

  @Test
  void a_fetch_leaves_pull_requests_and_tags_where_they_are() throws Exception {
    RealGit.run(world.origin, "update-ref", "refs/pull/1/head", "main");
    RealGit.run(world.origin, "tag", "v1", "main");

    Mirror mirror = world.fetched();

    assertThat(RealGit.run(mirror.path(), "for-each-ref", "--format=%(refname)").lines())
        .containsExactly("refs/remotes/origin/main");
  }

  @Test
  void a_second_fetch_asks_for_no_pack() {
    world.fetched();
    int packs = world.server.packs();

    world.fetched();

    // One request lists the branches; a pack would have been a second one.
    assertThat(world.server.packs() - packs).isLessThanOrEqualTo(1);
  }

  @Test
  void a_branch_that_is_gone_is_forgotten_and_knights_own_are_kept() throws Exception {
    world.pushed("topic", "README.md", "# Other\n");
    Mirror mirror = world.fetched();
    Commit head = mirror.branchHead(MAIN).orElseThrow();
    Worktree worktree = mirror.worktree(new JobId(1), head);
    mirror.commit(worktree.snapshot(), GitFixture.draft(head, "knight/1"));
    RealGit.run(world.origin, "branch", "-D", "topic");
    RealGit.run(world.clone, "checkout", "-q", "main");
    RealGit.run(world.clone, "branch", "-D", "topic");
    world.pushed("topic/below", "README.md", "# Below\n");

    mirror.fetch();

    assertThat(mirror.branchHead(new BranchName("topic"))).isEmpty();
    assertThat(RealGit.run(mirror.path(), "for-each-ref", "--format=%(refname)").lines())
        .containsExactly(
            "refs/heads/knight/1",
            "refs/knight/jobs/1",
            "refs/remotes/origin/main",
            "refs/remotes/origin/topic/below");
  }

  @Test
  void a_mirror_is_found_again_by_the_next_service() {
    world.fetched();
    world.mirrors.close();

    Mirror mirror =
        world
            .mirrors(Optional.of(new Secret(GitServer.TOKEN)), LIMITS)
            .mirror(ENGINE, world.server.url());

    assertThat(mirror.branchHead(MAIN)).isPresent();
  }

  @Test
  void a_mirror_that_was_half_made_is_made_again() throws Exception {
    Path half = world.home.mirror(ENGINE).resolveSibling(".engine.git.making");
    Files.createDirectories(half.resolve("objects"));
    Files.writeString(half.resolve("config"), "[core]\n\tbare = fal");

    assertThat(world.fetched().branchHead(MAIN)).isPresent();
    assertThat(half).doesNotExist();
  }

  @Test
  void a_file_is_read_at_a_commit_if_it_is_a_plain_one() {
    Mirror mirror = world.fetched();
    Commit head = mirror.branchHead(MAIN).orElseThrow();

    assertThat(mirror.file(head, ".knight.yml", 100)).hasValue("verify: [make]\n".getBytes(UTF_8));
    assertThat(mirror.file(head, "größe – λ.txt", 100)).isPresent();
    for (String other : List.of("no.yml", "link", "src", "module", "README.md/below")) {
      assertThat(mirror.file(head, other, 100)).as(other).isEmpty();
    }
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> mirror.file(head, ".knight.yml", 14))
        .withMessageContaining("15 bytes");
  }

  @Test
  void a_wrong_token_is_the_operators_to_mend_and_is_offered_once() {
    Mirror mirror = mirrorWith(Optional.of(new Secret("wrong")));

    assertThatExceptionOfType(MisconfiguredException.class)
        .isThrownBy(mirror::fetch)
        .withMessageContaining("fetch ada/engine")
        .withMessageContaining("token was not accepted");
    assertThat(world.server.refusals()).isEqualTo(2);
  }

  @Test
  void a_missing_token_is_the_operators_to_mend() {
    Mirror mirror = mirrorWith(Optional.empty());

    assertThatExceptionOfType(MisconfiguredException.class)
        .isThrownBy(mirror::fetch)
        .withMessageContaining("token was not accepted");
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 410, 451})
  void a_repository_that_is_gone_is_named(int status) {
    world.server.answer(_ -> true, status, "X-Test", "1");

    assertThatExceptionOfType(MisconfiguredException.class)
        .isThrownBy(() -> world.mirror().fetch())
        .withMessageContaining("ada/engine is not there");
  }

  @Test
  void a_token_without_the_right_is_the_operators_to_mend() {
    world.server.answer(_ -> true, 403, "X-Test", "1");

    assertThatExceptionOfType(MisconfiguredException.class)
        .isThrownBy(() -> world.mirror().fetch())
        .withMessageContaining("contents: write");
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 502, 503})
  void a_server_in_trouble_is_tried_again_when_it_says(int status) {
    world.server.answer(_ -> true, status, "Retry-After", "90");

    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> world.mirror().fetch())
        .satisfies(e -> assertThat(e.retryAt()).contains(NOON.plusSeconds(90)))
        .withMessageContaining("HTTP " + status);
  }

  @Test
  void a_server_that_is_not_there_is_tried_again() {
    Mirror mirror = world.mirrors.mirror(ENGINE, URI.create("http://127.0.0.1:1/ada/engine.git"));

    assertThatExceptionOfType(UnavailableException.class).isThrownBy(mirror::fetch);
  }

  @Test
  void a_redirect_is_not_followed() throws Exception {
    try (GitServer elsewhere = new GitServer(world.origin)) {
      String there = elsewhere.url() + "/info/refs?service=git-upload-pack";
      world.server.answer(_ -> true, 301, "Location", there);

      assertThatExceptionOfType(MisconfiguredException.class)
          .isThrownBy(() -> world.mirror().fetch())
          .withMessageContaining("moved");
      assertThat(elsewhere.refusals()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///tmp/engine.git",
        "/tmp/engine.git",
        "ssh://git@example.org/ada/engine.git",
        "git://example.org/ada/engine.git",
        "ftp://example.org/ada/engine.git",
        "ext::sh",
        "http://example.org/ada/engine.git",
        "http://127.0.0.1.example.org/ada/engine.git",
        "https://user:token@example.org/ada/engine.git",
        "https://token@example.org/ada/engine.git",
        "https:///ada/engine.git",
        "https://example.org/ada/engine.git?x=1",
        "https://example.org/ada/engine.git#x"
      })
  void other_ways_to_clone_are_refused(String url) {
    assertThatExceptionOfType(MisconfiguredException.class)
        .isThrownBy(() -> world.mirrors.mirror(ENGINE, URI.create(url)))
        .withMessageNotContaining("token@");
  }

  @Test
  void the_token_is_in_no_file() throws Exception {
    Worktree worktree = world.worktree(1);
    Files.writeString(worktree.path().resolve("README.md"), "# Mended\n");
    Mirror mirror = world.mirror();
    Commit commit =
        mirror.commit(worktree.snapshot(), GitFixture.draft(worktree.base(), "knight/1"));
    mirror.push(commit, new BranchName("knight/1"));

    try (Stream<Path> files = Files.walk(world.home.root())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), ISO_8859_1))
            .as(file.toString())
            .doesNotContain(GitServer.TOKEN)
            .doesNotContain("Basic ");
      }
    }
  }

  private Mirror mirrorWith(Optional<Secret> token) {
    return world.mirrors(token, LIMITS).mirror(ENGINE, world.server.url());
  }
}
