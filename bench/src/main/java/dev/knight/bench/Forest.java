package dev.knight.bench;

import dev.knight.git.BranchName;
import dev.knight.git.Commit;
import dev.knight.git.GitLimits;
import dev.knight.git.Mirror;
import dev.knight.git.Mirrors;
import dev.knight.home.KnightHome;
import dev.knight.job.RepositoryName;
import dev.knight.overlay.Overlays;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** The mirrors of one home, of which one holds what {@link Grown} makes. */
final class Forest implements AutoCloseable {
  private final Mirrors mirrors;

  Forest(Path directory, boolean layered) {
    KnightHome home = new KnightHome(directory);
    this.mirrors =
        new Mirrors(
            home,
            _ -> Optional.empty(),
            GitLimits.standard(),
            InstantSource.system(),
            new Overlays(home, layered));
  }

  /** The mirror; nobody is ever asked for what is in it. */
  Mirror mirror() {
    return mirrors.mirror(
        RepositoryName.parse("ada/forest"), URI.create("http://127.0.0.1:9/ada/forest.git"));
  }

  /** What every worktree is made from. */
  Commit head() {
    return mirror().branchHead(new BranchName("main")).orElseThrow();
  }

  @Override
  public void close() {
    mirrors.close();
  }
}
