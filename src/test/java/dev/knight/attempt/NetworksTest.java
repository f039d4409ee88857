package dev.knight.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.egress.NetworkOffer;
import dev.knight.fake.MemoryJobStore;
import dev.knight.job.Event;
import dev.knight.job.Job;
import dev.knight.job.LeaseLostException;
import dev.knight.job.Mention;
import dev.knight.job.Person;
import dev.knight.job.RefusedHost;
import dev.knight.job.RepositoryName;
import dev.knight.job.Subject;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NetworksTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final RefusedHost EVIL = new RefusedHost("evil.example:443", "not allowed");
  private static final RefusedHost OTHER = new RefusedHost("other.example:443", "not allowed");

  private final MemoryJobStore store = new MemoryJobStore();
  private final Networks networks = new Networks(NetworkOffer.of(List.of("npm", "pypi")), store);
  private final Job job = store.accept(mention(), NOON);

  @Test
  void a_repository_that_asks_for_nothing_reaches_nothing() {
    Networks.Choice choice = networks.of(RepositoryConfig.NONE, new Story());

    assertThat(choice.network().allowed()).isEmpty();
    assertThat(choice.note()).isEmpty();
  }

  @Test
  void a_repository_reaches_what_it_asks_for_and_the_service_offers() {
    Networks.Choice choice = networks.of(asking("[npm]"), new Story());

    assertThat(choice.network().allowed())
        .extracting(Object::toString)
        .containsExactlyInAnyOrder("registry.npmjs.org:443", "registry.yarnpkg.com:443");
    assertThat(choice.note()).isEmpty();
  }

  @Test
  void the_requester_is_told_what_the_service_does_not_offer() {
    Networks.Choice choice =
        networks.of(asking("[npm, maven, evil.example, a, b, c, d]"), new Story());

    assertThat(choice.network().allowed()).hasSize(2);
    assertThat(choice.note())
        .isEqualTo(
            "`network` asks for `maven`, `evil.example`, `a`, `b`, `c` and 1 more, which this knight"
                + " does not offer (`knight.network.offer`).");
  }

  @Test
  void what_was_refused_is_in_the_story_once_also_after_a_restart() {
    networks.of(RepositoryConfig.NONE, new Story()).network().refuse(EVIL);
    Networks afterwards = new Networks(NetworkOffer.of(List.of("npm")), store);
    Networks.Choice again = afterwards.of(RepositoryConfig.NONE, new Story());
    again.network().refuse(EVIL);
    again.network().refuse(OTHER);

    List<Event> story = store.events(job.id(), 0);

    assertThat(story.stream().filter(event -> event.kind().equals("network")).map(Event::text))
        .containsExactly(
            "evil.example:443 refused: not allowed", "other.example:443 refused: not allowed");
    assertThat(RefusedHost.in(story)).containsExactly(EVIL, OTHER);
  }

  @Test
  void a_job_that_is_over_is_told_nothing_and_nothing_breaks() {
    Networks.Choice choice =
        networks.of(
            RepositoryConfig.NONE,
            new Story() {
              @Override
              public void tell(String kind, String text) {
                throw new LeaseLostException(job.id());
              }
            });

    choice.network().refuse(EVIL);

    assertThat(RefusedHost.in(store.events(job.id(), 0))).isEmpty();
  }

  private static RepositoryConfig asking(String words) {
    return RepositoryConfig.parse("network: " + words);
  }

  private static Mention mention() {
    return new Mention(
        "node",
        new Subject(RepositoryName.parse("ada/engine"), 7),
        Mention.Source.ISSUE,
        7,
        new Person(1, "ada"),
        "Mend the pump",
        "@knight mend it",
        URI.create("https://github.com/ada/engine/issues/7"),
        NOON);
  }

  /** Writes the story of the job. */
  private class Story extends QuietProgress {
    @Override
    public Job job() {
      return job;
    }

    @Override
    public void tell(String kind, String text) {
      store.tell(List.of(Event.of(job.id(), NOON, kind, text)));
    }
  }
}
