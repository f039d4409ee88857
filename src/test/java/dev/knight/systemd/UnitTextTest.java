package dev.knight.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knight.job.MisconfiguredException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UnitTextTest {
  private final SequencedMap<String, String> environment = new LinkedHashMap<>();

  @ParameterizedTest
  @EnumSource(Manager.class)
  void the_units_in_config_are_those_of_the_executable(Manager manager) throws IOException {
    assertThat(Path.of("config", manager.template()))
        .hasContent(unit(manager, List.of("/usr/bin/knight", "serve")).template());
  }

  @ParameterizedTest
  @EnumSource(Manager.class)
  void a_unit_keeps_agents_alive_and_lets_the_sandbox_work(Manager manager) {
    String text = unit(manager, List.of("/usr/bin/knight", "serve")).text();

    assertThat(text.lines())
        .startsWith(UnitText.HEAD)
        .contains(
            "Type=notify",
            "KillMode=process",
            "RestartPreventExitStatus=2 3",
            "NoNewPrivileges=yes",
            "UMask=0077",
            "LimitCORE=0")
        .noneMatch(line ->
            line.matches(
                "(ProtectKernelTunables|ProtectKernelLogs|RestrictNamespaces|SystemCallFilter"
                    + "|ProtectHostname|AmbientCapabilities|PrivateTmp)=.*"));
  }

  @Test
  void words_are_quoted_as_systemd_reads_them() {
    environment.put("KNIGHT_HOME", "/home/ada/100% \"mine\"");
    environment.put("PATH", "/usr/bin:/bin");

    String text = unit(Manager.USER, List.of("/opt/my knight/knight", "$HOME", "serve")).text();

    assertThat(text.lines())
        .containsSequence(
            "ExecStart=\"/opt/my knight/knight\" \"$$HOME\" serve",
            "Environment=\"KNIGHT_HOME=/home/ada/100%% \\\"mine\\\"\"",
            "Environment=PATH=/usr/bin:/bin")
        .noneMatch(line -> line.startsWith("User="));
    assertThat(new WrittenUnit(text).program()).contains("/opt/my knight/knight");
    assertThat(new WrittenUnit(text).home()).contains("/home/ada/100% \"mine\"");
  }

  @Test
  void what_somebody_has_written_by_hand_is_read_as_systemd_reads_it() {
    WrittenUnit unit =
        new WrittenUnit(
            """
            [Service]
            ExecStart=-%h/.local/bin/knight serve
            Environment=A=b 'KNIGHT_HOME=/first one' C=d
            Environment="KNIGHT_HOME=%h/.knight"
            """);

    assertThat(unit.program()).contains(System.getProperty("user.home") + "/.local/bin/knight");
    assertThat(unit.home()).contains(System.getProperty("user.home") + "/.knight");
    assertThat(new WrittenUnit("[Service]\n").home()).isEmpty();
  }

  @Test
  void a_service_of_the_machine_has_an_account_and_writes_nowhere_else() {
    UnitText unit =
        new UnitText(
            Manager.SYSTEM,
            List.of("/usr/bin/knight", "serve"),
            environment,
            Optional.of(new Account("robin", Path.of("/home/robin"))),
            List.of("/home/robin", "/tmp"));

    assertThat(unit.text().lines())
        .contains("User=robin", "ReadWritePaths=-/home/robin -/tmp", "ProtectSystem=strict")
        .noneMatch(line -> line.startsWith("Environment="));
  }

  @Test
  void a_line_break_gets_no_further_line_into_a_unit() {
    environment.put("KNIGHT_HOME", "/home/ada\nUser=root");
    UnitText unit = unit(Manager.USER, List.of("/usr/bin/knight"));

    assertThatThrownBy(unit::text)
        .isInstanceOf(MisconfiguredException.class)
        .hasMessageContaining("control characters");
  }

  @Test
  void config_has_no_other_units() throws IOException {
    try (var files = Files.list(Path.of("config"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> name.endsWith(".service"))
          .containsExactlyInAnyOrder("knight.service", "knight-system.service");
    }
  }

  private UnitText unit(Manager manager, List<String> command) {
    return new UnitText(manager, command, environment, Optional.empty(), List.of());
  }
}
