package dev.knight.bench;

import dev.knight.job.JobStore;
import dev.knight.job.RepositoryName;
import dev.knight.job.StreamAnchor;
import dev.knight.job.StreamKind;
import io.quarkus.arc.Arc;
import io.quarkus.runtime.QuarkusApplication;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Has the store of the packaged program know the streams of all repositories that the environment
 * names, as if knight had watched them before.
 */
public final class KnightStreams implements QuarkusApplication {

  /**
   * Runs in the home that the environment names.
   *
   * @param args since when they are read, and the entity tag of an answer that has nothing new
   */
  public static void main(String... args) {
    KnightQueue.boot(KnightStreams.class, args);
  }

  @Override
  public int run(String... args) {
    JobStore store = Arc.container().instance(JobStore.class).get();
    StreamAnchor anchor = new StreamAnchor(Instant.parse(args[0]), Optional.of(args[1]));
    for (String name : System.getenv("KNIGHT_GITHUB_REPOSITORIES").split(",", -1)) {
      for (StreamKind kind : StreamKind.values()) {
        store.keep(RepositoryName.parse(name), kind, anchor, List.of(), Instant.now());
      }
    }
    return 0;
  }
}
