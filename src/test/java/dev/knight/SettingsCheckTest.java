package dev.knight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.doctor.Result;
import dev.knight.home.KnightHome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SettingsCheckTest {
  @TempDir private Path home;

  @Test
  void the_agent_that_the_launcher_names_is_no_setting_of_anybody() {
    assertThat(look(Map.of())).extracting(Result::id).containsExactly(Result.UNSET);
    assertThat(look(Map.of("KNIGHT_AGENT_COMMAND", "/opt/pi/bin/pi")))
        .extracting(Result::id)
        .containsExactly(Result.UNSET);
    assertThat(look(Map.of("KNIGHT_WORKERS", "3")))
        .extracting(Result::id)
        .contains("settings", "settings.complete");
  }

  private List<Result> look(Map<String, String> environment) {
    return new SettingsCheck(new KnightHome(home), Optional.empty(), environment).look();
  }
}
