package dev.knight.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knight.job.MisconfiguredException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NetworkOfferTest {
  private final NetworkOffer offer = NetworkOffer.of(List.of("npm", "artifacts.example.org:8443"));

  @Test
  void who_asks_for_nothing_gets_nothing() {
    assertThat(offer.choose(List.of())).isEqualTo(choice(List.of()));
  }

  @Test
  void a_repository_gets_what_it_asks_for_and_is_offered() {
    NetworkOffer.Choice choice = offer.choose(List.of("NPM", "Artifacts.Example.org:8443"));

    assertThat(choice.allowed())
        .extracting(Target::toString)
        .containsExactlyInAnyOrder(
            "registry.npmjs.org:443", "registry.yarnpkg.com:443", "artifacts.example.org:8443");
    assertThat(choice.missing()).isEmpty();
  }

  @Test
  void one_host_of_an_offered_set_can_be_chosen() {
    assertThat(offer.choose(List.of("registry.npmjs.org")).allowed())
        .containsExactly(new Target("registry.npmjs.org", 443));
  }

  @Test
  void what_is_not_offered_is_missing_and_not_allowed() {
    NetworkOffer.Choice choice =
        offer.choose(
            List.of("pypi", "evil.example", "artifacts.example.org", "registry.npmjs.org:80", "?"));

    assertThat(choice.allowed()).isEmpty();
    assertThat(choice.missing())
        .containsExactly(
            "pypi", "evil.example", "artifacts.example.org", "registry.npmjs.org:80", "?");
  }

  @Test
  void of_a_set_that_is_offered_in_part_a_repository_gets_that_part() {
    NetworkOffer.Choice choice = NetworkOffer.of(List.of("pypi.org")).choose(List.of("pypi"));

    assertThat(choice.allowed()).containsExactly(new Target("pypi.org", 443));
    assertThat(choice.missing()).containsExactly("pypi");
  }

  @Test
  void a_service_can_offer_nothing() {
    assertThat(NetworkOffer.of(List.of("none")).choose(List.of("npm")).allowed()).isEmpty();
    assertThat(offer.choose(List.of("none"))).isEqualTo(choice(List.of()));
  }

  @Test
  void a_word_that_is_nothing_is_told_with_the_sets_there_are() {
    assertThatThrownBy(() -> NetworkOffer.of(List.of("nmp")))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessageContaining("'nmp'")
        .hasMessageContaining("maven, npm, nuget, pypi");
  }

  @Test
  void every_set_names_hosts_with_tls_but_debians_mirrors() {
    assertThat(NetworkOffer.setNames())
        .containsExactly(
            "cargo", "debian", "go", "gradle", "maven", "npm", "nuget", "pypi", "rubygems");
    assertThat(NamedSets.read().keySet()).isEqualTo(NetworkOffer.setNames());
    NamedSets.read()
        .forEach((name, targets) ->
            assertThat(targets)
                .isNotEmpty()
                .allSatisfy(
                    target -> assertThat(target.port() == 443 || name.equals("debian")).isTrue()));
  }

  private static NetworkOffer.Choice choice(List<String> missing) {
    return new NetworkOffer.Choice(Set.of(), missing);
  }
}
