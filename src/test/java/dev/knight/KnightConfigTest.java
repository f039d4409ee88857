package dev.knight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.home.KnightHome;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KnightConfigTest {
  /** Every key with its default; "-" is none. The documentation says the same. */
  private static final String DEFAULTS =
      """
      knight.github.api-url             https://api.github.com
      knight.github.token               -
      knight.github.token-file          -
      knight.github.app.id              -
      knight.github.app.private-key-file -
      knight.github.app.installation-id -
      knight.github.repositories        -
      knight.github.trigger             -
      knight.polling.enabled            true
      knight.polling.interval           10s
      knight.ci.enabled                 true
      knight.ci.interval                30s
      knight.ci.settle                  60s
      knight.trust.permission           write
      knight.trust.users                -
      knight.trust.per-person           20
      knight.trust.per-repository       60
      knight.workers                    2
      knight.workers-per-repository     2
      knight.model.provider             -
      knight.model.name                 -
      knight.model.base-url             -
      knight.model.api-key              -
      knight.model.api-key-file         -
      knight.model.review-name          -
      knight.model.price.input          -
      knight.model.price.output         -
      knight.model.price.cache-read     -
      knight.model.price.cache-write    -
      knight.model.review-price.input   -
      knight.model.review-price.output  -
      knight.model.review-price.cache-read -
      knight.model.review-price.cache-write -
      knight.agent.command              pi
      knight.agent.paths                -
      knight.limits.time                60m
      knight.limits.cost                5 USD
      knight.limits.cost-per-day        -
      knight.limits.stall               5m
      knight.limits.review-rounds       2
      knight.limits.verify-rounds       3
      knight.limits.ci-rounds           2
      knight.questions                  go-on
      knight.sandbox                    auto
      knight.worktrees                  plain
      knight.network.offer              cargo,debian,go,gradle,maven,npm,nuget,pypi,rubygems
      knight.http.host                  127.0.0.1
      knight.http.port                  8790
      knight.http.behind-proxy          false
      knight.http.public-url            -
      knight.http.metrics-token-file    -
      knight.log.format                 text
      knight.log.level                  info
      knight.traces.endpoint            -
      knight.notify.url                 -
      knight.notify.url-file            -
      knight.notify.format              json
      knight.notify.secret              -
      knight.notify.secret-file         -
      knight.notify.token               -
      knight.notify.token-file          -
      knight.notify.plain-http          false
      knight.notify.command             -
      knight.notify.on                  needs-you,done,no-change,failed
      knight.store.url                  -
      knight.retention.days             14
      knight.retention.size             20GB
      """;

  @TempDir Path home;

  @Test
  void every_key_is_named_here_with_its_default() {
    ConfigClass mapping = ConfigClass.configClass(KnightConfig.class);
    Map<String, String> mapped = new HashMap<>();
    ConfigMappings.getProperties(mapping).keySet().forEach(name -> mapped.put(plain(name), "-"));
    mapping
        .getProperties()
        .forEach((name, value) -> {
          if (value != null) {
            mapped.put(plain(name), value);
          }
        });

    assertThat(mapped).isEqualTo(defaults());
  }

  @Test
  void every_key_has_an_expectation_that_its_default_meets() {
    assertThat(ConfigKey.ALL).extracting(ConfigKey::name).hasSameElementsAs(defaults().keySet());
    ConfigKey.ALL.forEach(key -> {
      String value = defaults().getOrDefault(key.name(), "-");
      assertThat(value.equals("-") || key.expectation().isMetBy(value)).as(key.name()).isTrue();
    });
  }

  @Test
  void defaults_have_their_types() {
    KnightConfig config = Settings.load(new KnightHome(home), Optional.empty(), Map.of()).config();

    assertThat(config.polling().interval()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.limits().time()).isEqualTo(Duration.ofMinutes(60));
    assertThat(config.limits().cost()).isEqualTo(new BigDecimal("5"));
    assertThat(config.retention().size()).isEqualTo(20_000_000_000L);
    assertThat(config.sandbox()).isEqualTo(KnightConfig.Sandbox.AUTO);
    assertThat(config.questions()).isEqualTo(KnightConfig.Questions.GO_ON);
    assertThat(config.trust().permission()).isEqualTo(KnightConfig.Permission.WRITE);
    assertThat(config.github().repositories()).isEmpty();
    assertThat(config.trust().users()).isEmpty();
  }

  private static String plain(String name) {
    return name.replace("[*]", "");
  }

  private static Map<String, String> defaults() {
    return DEFAULTS
        .lines()
        .map(line -> line.split("\\s+", 2))
        .collect(Collectors.toMap(cells -> cells[0], cells -> cells[1].strip()));
  }
}
