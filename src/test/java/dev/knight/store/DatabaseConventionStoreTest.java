package dev.knight.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.job.Convention;
import dev.knight.job.Convention.Stage;
import dev.knight.job.ConventionStore;
import dev.knight.job.Person;
import dev.knight.job.RepositoryName;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(StoreOnDisk.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DatabaseConventionStoreTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123456Z");

  @Inject ConventionStore store;

  @Test
  void a_convention_is_kept_once_and_replaced_as_it_was_read() {
    Convention kept = store.keep(learnt("Tests use AssertJ."));
    assertThat(store.keep(learnt("Tests use AssertJ."))).isEqualTo(kept);
    assertThat(store.find(kept.id())).contains(kept);
    assertThat(store.all(Optional.of(RepositoryName.parse("ADA/Loom")))).containsExactly(kept);
    assertThat(store.all(Optional.of(RepositoryName.parse("ada/other")))).isEmpty();
    assertThat(store.all(Optional.empty())).contains(kept);

    Convention confirmed = kept.as(Stage.CONFIRMED, "confirmed by grace", NOW.plusSeconds(1));
    assertThat(store.replace(kept, confirmed)).isTrue();
    assertThat(store.replace(kept, confirmed)).isFalse();
    assertThat(store.find(kept.id())).contains(confirmed);
  }

  private static Convention learnt(String rule) {
    return new Convention(
        0,
        RepositoryName.parse("Ada/Loom"),
        rule,
        Stage.CANDIDATE,
        new Person(1, "ada"),
        URI.create("https://github.com/Ada/Loom/pull/9#discussion_r1"),
        "PRRC_1",
        Optional.of("0123456789012345678901234567890123456789"),
        NOW,
        NOW,
        "");
  }
}
