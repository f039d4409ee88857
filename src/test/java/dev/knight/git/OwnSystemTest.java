package dev.knight.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.home.KnightHome;
import dev.knight.job.JobId;
import dev.knight.job.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A knight of its own process, on a machine that lays traps, in a locale without umlauts. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OwnSystemTest {
  @TempDir Path root;

  @Test
  void no_program_is_run_no_configuration_read_and_none_written() throws Exception {
    Path user = Files.createDirectory(root.resolve("user"));
    Path programs = Files.createDirectory(root.resolve("programs"));
    Path canary = root.resolve("canary");
    for (String program : List.of("git", "sh", "bash", "ssh", "gpg", "git-lfs")) {
      Path trap = Files.writeString(programs.resolve(program), "#!/bin/sh\n/bin/touch " + canary);
      assertThat(trap.toFile().setExecutable(true)).isTrue();
    }
    Files.writeString(
        user.resolve(".gitconfig"), "[url \"http://127.0.0.1:1/\"]\n\tinsteadOf = http:\n");

    try (GitFixture world = new GitFixture(Files.createDirectory(root.resolve("world")))) {
      String said = lonely(user, programs, world);

      assertThat(said).isEqualTo("ANSI_X3.4-1968 Pushed 1 change\n");
      assertThat(RealGit.run(world.origin, "diff", "--name-status", "main", "knight/1"))
          .isEqualTo("A\tnew.txt\n");
    }
    assertThat(canary).doesNotExist();
    try (Stream<Path> files = Files.list(user)) {
      assertThat(files).containsExactly(user.resolve(".gitconfig"));
    }
  }

  private static String lonely(Path user, Path programs, GitFixture world)
      throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder =
        new ProcessBuilder(
            java,
            "-Duser.home=" + user,
            "-cp",
            System.getProperty("java.class.path"),
            Lonely.class.getName(),
            world.home.root().toString(),
            world.server.url().toString());
    builder.environment().clear();
    builder
        .environment()
        .putAll(
            Map.of(
                "PATH", programs.toString(),
                "HOME", user.toString(),
                "LC_ALL", "C",
                "GIT_DIR", "/nowhere",
                "GIT_CONFIG_GLOBAL", user.resolve(".gitconfig").toString()));
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return said;
  }

  /** The whole story of one job. */
  static final class Lonely {
    private Lonely() {}

    public static void main(String[] arguments) throws IOException {
      try (Mirrors mirrors =
          new Mirrors(
              new KnightHome(Path.of(arguments[0])),
              _ -> Optional.of(new Secret(GitServer.TOKEN)),
              GitLimits.standard(),
              InstantSource.system())) {
        Mirror mirror = mirrors.mirror(GitFixture.ENGINE, URI.create(arguments[1]));
        mirror.fetch();
        Commit head = mirror.branchHead(new BranchName("main")).orElseThrow();
        Worktree worktree = mirror.worktree(new JobId(1), head);
        Files.writeString(worktree.path().resolve("new.txt"), "new\n");
        Snapshot snapshot = worktree.snapshot();
        Commit commit = mirror.commit(snapshot, GitFixture.draft(head, "knight/1"));
        Push push = mirror.push(commit, new BranchName("knight/1"));
        System.out.printf(
            "%s %s %d change%n",
            System.getProperty("sun.jnu.encoding"),
            push.getClass().getSimpleName(),
            snapshot.changes().size());
      }
    }
  }
}
