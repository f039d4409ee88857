package dev.knight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.home.KnightHome;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BootSettingsTest {
  @TempDir Path directory;

  @Test
  void a_service_has_the_port_that_was_set_and_a_log_in_its_home() {
    Map<String, String> said = service(true);

    assertThat(said)
        .containsEntry("quarkus.http.host", "127.0.0.1")
        .containsEntry("quarkus.http.port", "1234")
        .containsEntry("quarkus.http.host-enabled", "true")
        .containsEntry("quarkus.log.console.level", "INFO")
        .containsEntry("quarkus.log.file.path", directory + "/log/knight.log")
        .containsEntry("quarkus.log.file.rotation.rotate-on-boot", "false")
        .containsEntry("quarkus.vertx.cache-directory", directory + "/cache/vertx")
        .containsEntry("dev.knight.home", directory.toString());
    assertThat(said.get("dev.knight.store.url"))
        .startsWith("jdbc:h2:file:" + directory + "/store/knight;")
        .contains("WRITE_DELAY=0");
  }

  @Test
  void a_foreground_run_has_its_console_for_the_story_of_its_job() {
    assertThat(service(false)).containsEntry("quarkus.log.console.level", "WARN");
  }

  @Test
  void a_question_to_the_store_opens_no_port_and_writes_no_log() {
    assertThat(BootSettings.direct(home(), Optional.empty(), config()).properties())
        .containsEntry("quarkus.http.host-enabled", "false")
        .doesNotContainKey("quarkus.log.file.enabled");
  }

  @Test
  void the_log_is_for_people_unless_somebody_wants_it_for_programs() {
    assertThat(service(true))
        .containsEntry("quarkus.log.file.json.enabled", "false")
        .containsEntry("quarkus.log.category.\"dev.knight\".level", "INFO");
    Map<String, String> wanted = Map.of("KNIGHT_LOG_FORMAT", "json", "KNIGHT_LOG_LEVEL", "debug");
    KnightConfig config = Settings.load(home(), Optional.empty(), wanted).config();

    assertThat(BootSettings.service(home(), Optional.empty(), config, true).properties())
        .containsEntry("quarkus.log.file.json.enabled", "true")
        .containsEntry("quarkus.log.console.json.enabled", "true")
        .containsEntry("quarkus.log.console.level", "DEBUG");
  }

  @Test
  void no_secret_becomes_a_system_property() {
    assertThat(service(true).values()).noneMatch(value -> value.contains("s3cret"));
  }

  private Map<String, String> service(boolean isServing) {
    return BootSettings.service(home(), Optional.empty(), config(), isServing).properties();
  }

  private KnightConfig config() {
    Map<String, String> environment =
        Map.of("KNIGHT_HTTP_PORT", "1234", "KNIGHT_GITHUB_TOKEN", "s3cret");
    return Settings.load(home(), Optional.empty(), environment).config();
  }

  private KnightHome home() {
    return new KnightHome(directory);
  }
}
