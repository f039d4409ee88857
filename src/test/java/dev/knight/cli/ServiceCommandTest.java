package dev.knight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.fake.FakeSystemd;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ServiceCommandTest {
  @TempDir private Path home;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private FakeProgram program;
  private FakeSystemd systemd;
  private Path unit;

  @BeforeEach
  void program() {
    program = new FakeProgram(home);
    systemd = program.systemd();
    unit = systemd.root().resolve("home/ada/.config/systemd/user/knight.service");
  }

  @Test
  void install_writes_the_unit_and_enables_it() throws IOException {
    assertThat(run("service", "install")).isZero();

    assertThat(Files.readAllLines(unit))
        .contains(
            "ExecStart=\"/opt/my knight/knight\" serve",
            "Environment=KNIGHT_HOME=" + home,
            "Environment=PATH=" + systemd.root().resolve("bin") + ":/usr/bin:/bin",
            "WantedBy=default.target");
    assertThat(systemd.calls())
        .contains(
            "systemctl --user --no-pager daemon-reload",
            "systemctl --user --no-pager enable knight.service")
        .noneMatch(call -> call.contains("restart"));
    assertThat(out.toString()).contains("knight service start", "loginctl enable-linger");
  }

  @Test
  void install_now_starts_it_and_says_where_it_serves() throws IOException {
    Files.createDirectories(home.resolve("run"));
    Files.writeString(
        home.resolve("run/service.json"),
        "{\"url\":\"http://127.0.0.1:8790\",\"pid\":4711,\"started\":\"2026-11-22T10:00:00Z\"}");

    assertThat(run("service", "install", "--now")).isZero();

    assertThat(systemd.calls()).contains("systemctl --user --no-pager restart knight.service");
    assertThat(out.toString()).contains("knight serves at http://127.0.0.1:8790");
  }

  @Test
  void a_user_who_lingers_is_told_nothing_of_it() {
    systemd.answers("loginctl", 0, "Linger=yes");

    assertThat(run("service", "install")).isZero();

    assertThat(out.toString()).doesNotContain("linger");
  }

  @Test
  void install_again_changes_nothing_and_keeps_what_somebody_else_wrote() throws IOException {
    run("service", "install");
    String written = Files.readString(unit);
    assertThat(run("service", "install")).isZero();
    assertThat(unit).hasContent(written);
    assertThat(unit.resolveSibling("knight.service.before")).doesNotExist();

    Files.writeString(unit, "[Service]\nExecStart=/my/own\n");
    systemd.isActive();
    assertThat(run("service", "install")).isZero();

    assertThat(unit).hasContent(written);
    assertThat(unit.resolveSibling("knight.service.before")).content().contains("/my/own");
    assertThat(out.toString()).contains("It runs as it was: knight service restart");
  }

  @Test
  void a_service_of_the_machine_runs_as_its_account() throws IOException {
    systemd.set("PATH", systemd.root() + "/home/ada/bin:" + systemd.root() + "/bin:/usr/bin:/bin");

    assertThat(run("service", "install", "--system", "--as", "knight", "--now")).isZero();

    Path account = systemd.root().resolve("home/knight");
    assertThat(Files.readAllLines(systemd.root().resolve("etc/systemd/system/knight.service")))
        .contains(
            "User=knight",
            "Environment=PATH=" + systemd.root() + "/bin:/usr/bin:/bin",
            "Environment=KNIGHT_HOME=" + account.resolve(".knight"),
            "ReadWritePaths=-%s -%s -/tmp -/var/tmp"
                .formatted(account, account.resolve(".knight")));
    assertThat(systemd.calls())
        .contains(
            "systemctl --no-pager daemon-reload", "systemctl --no-pager restart knight.service");
    assertThat(out.toString()).doesNotContain("linger");
  }

  @Test
  void a_service_of_the_machine_needs_an_account_that_is_there() {
    assertThat(run("service", "install", "--system")).isEqualTo(2);
    assertThat(err.toString()).contains("--as ACCOUNT");

    systemd.answers("getent", 2, "");
    assertThat(run("service", "install", "--system", "--as", "nobody-here")).isEqualTo(3);
    assertThat(err.toString()).contains("sudo useradd --create-home nobody-here");
  }

  @Test
  void where_systemd_does_not_run_the_machine_that_is_said() throws IOException {
    Files.delete(systemd.root().resolve("run/systemd/system"));

    assertThat(run("service", "install", "--now")).isEqualTo(3);

    assertThat(err.toString()).contains("systemd does not run this machine", "config/compose.yaml");
    assertThat(unit).doesNotExist();
  }

  @Test
  void a_user_without_a_bus_is_told_how_to_get_one() {
    systemd.answers("systemctl", 1, "Failed to connect to bus: No medium found");

    assertThat(run("service", "install")).isEqualTo(3);

    assertThat(err.toString())
        .contains("enable-linger", "export XDG_RUNTIME_DIR=/run/user/$(id -u)", "--system");
  }

  @Test
  void who_is_not_root_is_told_to_use_sudo() {
    systemd.answers("systemctl", 1, "Failed to enable unit: Access denied");

    assertThat(run("service", "install", "--system", "--as", "knight")).isEqualTo(3);

    assertThat(err.toString()).contains("run this with sudo");
  }

  @Test
  void a_service_that_does_not_start_says_why() {
    systemd.failsWith(3, "starting\nknight: knight.github.token is not set: put it\nlast line");

    assertThat(run("service", "install", "--now")).isEqualTo(3);
    assertThat(err.toString())
        .contains("The service did not start: knight.github.token is not set", "service logs");

    systemd.failsWith(1, "knight: it is away");
    assertThat(run("service", "restart")).isEqualTo(1);
  }

  @Test
  void a_knight_in_a_terminal_is_not_run_over() {
    program.serve();

    assertThat(run("service", "install", "--now")).isEqualTo(3);

    assertThat(err.toString()).contains("A knight works on " + home + " already");
    assertThat(systemd.calls()).isEmpty();
  }

  @Test
  void status_tells_what_systemd_knows() {
    run("service", "install");
    assertThat(run("service", "status")).isEqualTo(1);

    systemd.isActive();
    assertThat(run("service", "status")).isZero();
    assertThat(out.toString()).contains("is active (running) since Sun 2026-11-22", "4711");

    assertThat(run("service", "status", "--json")).isZero();
    assertThat(out.toString()).contains("\"active\" : \"active\"", "\"ownProgram\" : true");
  }

  @Test
  void without_a_unit_every_verb_says_how_to_get_one() {
    for (String verb : new String[] {"status", "restart", "start", "stop", "uninstall"}) {
      assertThat(run("service", verb)).as(verb).isEqualTo(3);
      assertThat(err.toString()).contains("run knight service install --now");
    }
    assertThat(run("service")).isEqualTo(2);
  }

  @Test
  void a_service_of_the_machine_is_found_without_saying_so() {
    run("service", "install", "--system", "--as", "knight");
    systemd.isActive();

    assertThat(run("service", "stop")).isZero();

    assertThat(systemd.calls()).endsWith("systemctl --no-pager stop knight.service");
  }

  @Test
  void logs_are_the_journal_s() {
    run("service", "install");

    assertThat(run("service", "logs", "-f", "-n", "7")).isZero();

    assertThat(systemd.calls())
        .endsWith("journalctl --user --unit knight.service --lines 7 --follow");
  }

  @Test
  void uninstall_leaves_the_home() {
    run("service", "install");

    assertThat(run("service", "uninstall")).isZero();

    assertThat(unit).doesNotExist();
    assertThat(home).exists();
    assertThat(systemd.calls())
        .endsWith(
            "systemctl --user --no-pager disable --now knight.service",
            "systemctl --user --no-pager daemon-reload");
  }

  private int run(String... args) {
    err.getBuffer().setLength(0);
    Terminal terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), false, false, 100);
    return KnightCommandLine.execute(program, terminal, Optional.empty(), args);
  }
}
