package dev.knight.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.fake.MemoryJobStore;
import dev.knight.fake.TestClock;
import dev.knight.fake.TestMirror;
import dev.knight.git.GitLimits;
import dev.knight.git.Mirror;
import dev.knight.git.Mirrors;
import dev.knight.github.Repository;
import dev.knight.home.KnightHome;
import dev.knight.job.Job;
import dev.knight.job.RepositoryConfigCopy;
import dev.knight.job.RepositoryName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RepositoryConfigsTest {
  private static final RepositoryName NAME = new RepositoryName("ada", "engine");
  private static final URI PAGE = URI.create("https://github.com/ada/engine");
  private static final Repository ENGINE =
      new Repository(1, NAME, "main", PAGE, PAGE, false, false, true);
  private static final String GOOD = "verify: [make]\n";
  private static final String BROKEN = "verify: {\n";

  private final MemoryJobStore store = new MemoryJobStore();
  private final RepositoryConfigs configs = new RepositoryConfigs(store);

  @TempDir private Path root;

  @Test
  void a_broken_one_is_told_once_and_the_last_good_one_holds_until_it_is_mended()
      throws IOException {
    assertThat(read(GOOD)).isEmpty();
    assertThat(read(BROKEN)).contains("The last good one holds");
    assertThat(read(BROKEN)).isEmpty();
    assertThat(store.configuration(NAME)).contains(new RepositoryConfigCopy(GOOD, BROKEN));

    assertThat(read(GOOD)).isEmpty();
    assertThat(store.configuration(NAME)).contains(new RepositoryConfigCopy(GOOD, ""));
    assertThat(read(BROKEN)).contains("The last good one holds");
  }

  private String read(String file) throws IOException {
    try (Mirrors mirrors =
        new Mirrors(
            new KnightHome(root),
            _ -> Optional.empty(),
            GitLimits.standard(),
            TestClock.atNoon())) {
      Mirror mirror = mirrors.mirror(NAME, URI.create("http://127.0.0.1:1/ada/engine.git"));
      TestMirror.commit(mirror.path(), ".knight.yml", file);
      return configs.of(ENGINE, mirror, new Untroubled()).note();
    }
  }

  private static final class Untroubled extends QuietProgress {
    @Override
    public Job job() {
      throw new IllegalStateException("Nobody asks which job it is");
    }
  }
}
