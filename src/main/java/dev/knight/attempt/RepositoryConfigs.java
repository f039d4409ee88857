package dev.knight.attempt;

import dev.knight.git.BranchName;
import dev.knight.git.Mirror;
import dev.knight.github.Repository;
import dev.knight.job.JobStore;
import dev.knight.job.RefusedException;
import dev.knight.job.RepositoryConfigCopy;
import dev.knight.job.RepositoryName;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads {@code .knight.yml} from the default branch. A broken one is told once, and the last good
 * one holds.
 */
@Singleton
final class RepositoryConfigs {
  private static final String FILE = ".knight.yml";
  private static final int LONGEST = 64 * 1024;

  private final JobStore store;

  RepositoryConfigs(JobStore store) {
    this.store = store;
  }

  /**
   * What was read.
   *
   * @param note what the requester has to know of it; mostly empty
   */
  record Read(RepositoryConfig config, String note) {}

  Read of(Repository repository, Mirror mirror, Progress progress) {
    Optional<String> text =
        mirror
            .branchHead(new BranchName(repository.defaultBranch()))
            .flatMap(head -> mirror.file(head, FILE, LONGEST))
            .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    return text.map(file -> read(repository.name(), file, progress))
        .orElse(new Read(RepositoryConfig.NONE, ""));
  }

  private Read read(RepositoryName repository, String text, Progress progress) {
    Optional<RepositoryConfigCopy> last = store.configuration(repository);
    try {
      RepositoryConfig config = RepositoryConfig.parse(text);
      RepositoryConfigCopy good = new RepositoryConfigCopy(text, "");
      if (last.filter(good::equals).isEmpty()) {
        store.configuration(repository, good);
      }
      return new Read(config, "");
    } catch (RefusedException broken) {
      String good = last.map(RepositoryConfigCopy::text).orElse("");
      String note = "";
      if (last.filter(copy -> copy.reported().equals(text)).isEmpty()) {
        store.configuration(repository, new RepositoryConfigCopy(good, text));
        note = note(broken, good.isEmpty());
        progress.tell("configuration", note);
      }
      return new Read(RepositoryConfig.parse(good), note);
    }
  }

  private static String note(RefusedException broken, boolean first) {
    String instead = first ? "It is left out" : "The last good one holds";
    return "%s. %s until it is mended.".formatted(broken.getMessage(), instead);
  }
}
