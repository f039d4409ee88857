package dev.knight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.dashboard.SettingsInForce.Line;
import dev.knight.dashboard.SettingsInForce.Listing;
import dev.knight.home.KnightHome;
import dev.knight.hygiene.KnownSecrets;
import dev.knight.hygiene.Redactor;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RunningSettingsTest {
  @TempDir private Path root;

  @Test
  void each_setting_tells_what_holds_and_where_it_comes_from() throws IOException {
    write("knight: {workers: 3}\n");
    Map<String, String> environment = Map.of("KNIGHT_LIMITS_TIME", "90m");

    Listing listing = started(environment).read();

    assertThat(listing.trouble()).isEmpty();
    assertThat(listing.lines()).hasSameSizeAs(ConfigKey.ALL);
    assertThat(line(listing, "knight.workers"))
        .extracting(Line::value, Line::source, Line::next)
        .containsExactly("3", home().configuration() + ", line 1", "");
    assertThat(line(listing, "knight.limits.time"))
        .extracting(Line::value, Line::source)
        .containsExactly("90m", "environment variable KNIGHT_LIMITS_TIME");
    assertThat(line(listing, "knight.limits.cost"))
        .extracting(Line::value, Line::source)
        .containsExactly("5 USD", "");
  }

  @Test
  void what_was_written_since_the_start_holds_after_a_restart() throws IOException {
    write("knight: {workers: 3, questions: wait}\n");
    RunningSettings settings = started(Map.of());
    write("knight: {workers: 4}\n");

    Listing listing = settings.read();

    assertThat(line(listing, "knight.workers"))
        .extracting(Line::value, Line::next)
        .containsExactly("3", "4");
    assertThat(line(listing, "knight.questions"))
        .extracting(Line::value, Line::next)
        .containsExactly("wait", "go-on");
  }

  @Test
  void a_file_that_is_broken_by_now_is_told_and_what_holds_still_shown() throws IOException {
    write("knight: {workers: 3}\n");
    RunningSettings settings = started(Map.of());
    write("knight: {workers: many}\n");

    Listing listing = settings.read();

    assertThat(listing.trouble()).contains("line 1", "knight.workers");
    assertThat(line(listing, "knight.workers").value()).isEqualTo("3");
  }

  @Test
  void no_secret_is_shown() throws IOException {
    write(
        """
        knight:
          github: {token: ghp_canaryCanaryCanaryCanary0123456789}
          store: {url: "jdbc:postgresql://db/knight?user=knight&password=hunter22hunter"}
        """);
    RunningSettings settings = started(Map.of());
    Files.delete(home().configuration());

    Listing listing = settings.read();

    assertThat(line(listing, "knight.github.token").value()).isEqualTo("set, and not shown");
    assertThat(line(listing, "knight.github.token").next()).isEqualTo("nothing");
    assertThat(line(listing, "knight.store.url").value())
        .isEqualTo("jdbc:postgresql://db/knight?user=***&password=***");
    assertThat(listing.toString()).doesNotContain("canary", "hunter");
  }

  private KnightHome home() {
    return new KnightHome(root);
  }

  private void write(String text) throws IOException {
    Files.writeString(home().configuration(), text);
    Files.setPosixFilePermissions(
        home().configuration(), PosixFilePermissions.fromString("rw-------"));
  }

  /** As a service is that started just now. */
  private RunningSettings started(Map<String, String> environment) {
    Map<String, String> values =
        new HashMap<>(Settings.load(home(), Optional.empty(), environment).effective());
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .withSources(new PropertiesConfigSource(values, "running"))
            .build();
    return new RunningSettings(home(), config, new Redactor(new KnownSecrets()), environment);
  }

  private static Line line(Listing listing, String key) {
    return listing.lines().stream().filter(it -> it.key().equals(key)).findFirst().orElseThrow();
  }
}
