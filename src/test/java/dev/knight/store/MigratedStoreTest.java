package dev.knight.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.knight.home.KnightHome;
import dev.knight.job.Effect;
import dev.knight.job.Event;
import dev.knight.job.Job;
import dev.knight.job.JobId;
import dev.knight.job.JobState.Done;
import dev.knight.job.JobState.Failed;
import dev.knight.job.JobStore;
import dev.knight.job.RepositoryName;
import dev.knight.job.StoredMention;
import dev.knight.job.StreamKind;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** This knight goes on with the store of the first one. */
@QuarkusTest
@TestProfile(MigratedStoreTest.OldHome.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MigratedStoreTest {
  @Inject JobStore store;
  @Inject KnightHome home;

  /** A home whose store is of the first schema. */
  public static final class OldHome implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      try {
        Path home = Files.createTempDirectory("knight-old");
        OldStore.make(home, OldStore.schemas().getFirst());
        Map<String, String> overrides = new HashMap<>(new StoreOnDisk().getConfigOverrides());
        overrides.put(StoreOnDisk.HOME, home.toString());
        overrides.put(StoreUrl.PROPERTY, StoreUrl.of(home, Optional.empty()));
        return overrides;
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
      return Set.of(Home.class);
    }

    /** Not that of the other profile, whose beans are there for it alone. */
    @Alternative
    @Singleton
    static final class Home {
      @Produces
      @Singleton
      KnightHome home(@ConfigProperty(name = StoreOnDisk.HOME) String home) {
        return new KnightHome(Path.of(home));
      }
    }
  }

  @Test
  void its_jobs_are_what_they_were() {
    assertThat(store.jobs(100))
        .extracting(job -> job.state().word())
        .containsExactly(
            "stopped", "failed", "no-change", "done", "needs-you", "retrying", "running", "queued");
    Job done = store.find(new JobId(5)).orElseThrow();
    assertThat(done.title()).isEqualTo("Done once");
    assertThat(done.branch()).contains("knight/3-done-once");
    assertThat(((Done) done.state()).draft()).isTrue();
    Job failed = store.find(new JobId(7)).orElseThrow();
    assertThat(((Failed) failed.state()).branch()).contains("knight/kept/7");
  }

  @Test
  void its_mentions_events_effects_and_streams_are_what_they_were() {
    assertThat(store.mentions(new JobId(2)))
        .extracting(mention -> mention.mention().nodeId(), StoredMention::delivered)
        .containsExactly(tuple("IC_kwDOA2", true), tuple("IC_kwDOA3", false));
    assertThat(store.unseen(Set.of("IC_kwDOA4", "IC_new"))).containsExactly("IC_new");
    assertThat(store.events(new JobId(2), 0))
        .extracting(Event::text)
        .containsExactly("Attempt 1 started", "Entered verify");
    assertThat(store.effects(new JobId(5)))
        .extracting(Effect::kind, Effect::externalId)
        .contains(tuple(Effect.Kind.PULL_REQUEST, Optional.of("4")));
    assertThat(
            store
                .anchor(RepositoryName.parse("ada/engine"), StreamKind.ISSUE_COMMENTS)
                .orElseThrow()
                .etag())
        .contains("\"abc\"");
    assertThat(store.told(new JobId(5)).orElseThrow().version()).isEqualTo(12);
  }

  @Test
  void what_it_was_before_its_migration_is_kept() {
    boolean migrated = OldStore.schemas().size() > 1;

    assertThat(new Copies(home).newest().isPresent()).isEqualTo(migrated);
    assertThat(home.store().resolveSibling("migrating")).doesNotExist();
    assertThat(home.store().resolveSibling("jobs")).hasContent("8");
  }
}
