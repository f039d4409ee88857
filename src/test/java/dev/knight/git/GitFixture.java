package dev.knight.git;

import dev.knight.home.KnightHome;
import dev.knight.job.JobId;
import dev.knight.job.RepositoryName;
import dev.knight.job.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * A server with a repository {@code ada/engine} of a few files of every kind, somebody's clone of
 * it, and a knight's home.
 */
final class GitFixture implements AutoCloseable {
  static final RepositoryName ENGINE = RepositoryName.parse("ada/engine");
  static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  static final GitLimits LIMITS =
      new GitLimits(Duration.ofSeconds(20), Duration.ofMinutes(2), 1 << 20, 4 << 20, 100, 10_000);

  final Path root;
  final Path origin;
  final Path clone;
  final KnightHome home;
  final GitServer server;
  final Mirrors mirrors;

  GitFixture(Path root) throws IOException, InterruptedException {
    this.root = root.toRealPath();
    origin = this.root.resolve("origin.git");
    clone = this.root.resolve("clone");
    home = new KnightHome(this.root.resolve("home"));
    RealGit.run(this.root, "init", "-q", "--bare", "-b", "main", origin.toString());
    RealGit.run(origin, "config", "gc.auto", "0");
    RealGit.run(this.root, "clone", "-q", origin.toString(), clone.toString());
    RealGit.run(clone, "checkout", "-q", "-b", "main");
    seed();
    server = new GitServer(origin);
    mirrors = mirrors(Optional.of(new Secret(GitServer.TOKEN)), LIMITS);
  }

  private void seed() throws IOException, InterruptedException {
    Files.createDirectories(clone.resolve("src/deep"));
    Files.writeString(clone.resolve("README.md"), "# Engine\n\nIt computes.\n");
    Files.writeString(clone.resolve("src/deep/Pump.java"), "class Pump {\n  int rate = 1;\n}\n");
    Files.writeString(clone.resolve("größe – λ.txt"), "wide\n");
    Files.writeString(clone.resolve("run.sh"), "#!/bin/sh\necho pump\n");
    clone.resolve("run.sh").toFile().setExecutable(true);
    Files.createSymbolicLink(clone.resolve("link"), Path.of("src/deep/Pump.java"));
    Files.createSymbolicLink(clone.resolve("dangling"), Path.of("/nowhere/at/all"));
    Files.writeString(clone.resolve("crlf.bat"), "echo pump\r\n");
    Files.writeString(
        clone.resolve(".gitattributes"), "* text=auto\n*.bat eol=crlf\n*.bin filter=lfs\n");
    Files.writeString(clone.resolve("big.bin"), "version https://git-lfs.github.com/spec/v1\n");
    Files.writeString(clone.resolve(".gitignore"), "target/\n*.log\n!keep.log\n");
    Files.writeString(clone.resolve("kept.log"), "tracked though ignored\n");
    Files.writeString(clone.resolve(".knight.yml"), "verify: [make]\n");
    RealGit.run(clone, "add", "--all");
    RealGit.run(clone, "add", "--force", "kept.log");
    RealGit.run(
        clone,
        "update-index",
        "--add",
        "--cacheinfo",
        "160000,1111111111111111111111111111111111111111,module");
    RealGit.run(clone, "commit", "-q", "-m", "Engine");
    RealGit.run(clone, "push", "-q", "origin", "main");
  }

  Mirrors mirrors(Optional<Secret> token, GitLimits limits) {
    return new Mirrors(home, _ -> token, limits, InstantSource.fixed(NOON));
  }

  /** The mirror, up to date. */
  Mirror fetched() {
    Mirror mirror = mirror();
    mirror.fetch();
    return mirror;
  }

  Mirror mirror() {
    return mirrors.mirror(ENGINE, server.url());
  }

  /** A fresh worktree of {@code job} at the head of main. */
  Worktree worktree(long job) {
    Mirror mirror = fetched();
    return mirror.worktree(new JobId(job), mirror.branchHead(new BranchName("main")).orElseThrow());
  }

  /**
   * Commits a new content of {@code file} to {@code branch} of the server, and returns the commit.
   */
  Commit pushed(String branch, String file, String content)
      throws IOException, InterruptedException {
    RealGit.run(clone, "checkout", "-q", "-B", branch);
    Files.writeString(clone.resolve(file), content);
    RealGit.run(clone, "add", file);
    RealGit.run(clone, "commit", "-q", "-m", "Change " + file);
    RealGit.run(clone, "push", "-q", "origin", branch);
    return new Commit(RealGit.run(clone, "rev-parse", "HEAD").strip());
  }

  /** Where {@code branch} stands on the server. */
  String onServer(String branch) throws IOException, InterruptedException {
    return RealGit.run(origin, "rev-parse", "refs/heads/" + branch).strip();
  }

  static Draft draft(Commit parent, String branch) {
    return new Draft(
        parent,
        new BranchName(branch),
        new Author("knight", "knight@example.org"),
        NOON,
        "Mend the pump\n");
  }

  @Override
  public void close() {
    mirrors.close();
    server.close();
  }
}
