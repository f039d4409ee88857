package dev.knight.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.agent.AgentSettings;
import dev.knight.doctor.Result.Verdict;
import dev.knight.fake.FakeWeb;
import dev.knight.fake.TestClock;
import dev.knight.home.KnightHome;
import dev.knight.job.MisconfiguredException;
import dev.knight.sandbox.Jails;
import dev.knight.sandbox.NoSandbox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults planted on this machine. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LocalChecksTest {
  private static final Instant NOW = Instant.parse("2026-11-26T08:00:00Z");

  @TempDir Path directory;

  private KnightHome home;

  @BeforeEach
  void home() throws IOException {
    home = new KnightHome(directory.resolve("k"));
    home.make(home.root());
  }

  @Test
  void a_home_of_its_own_is_good() throws IOException {
    secret("secrets.env", "rw-------");

    assertThat(looked()).extracting(Result::verdict).containsOnly(Verdict.GOOD);
  }

  @Test
  void layers_that_are_wanted_and_cannot_be_shown_are_told() throws IOException {
    KnightHome odd = new KnightHome(directory.resolve("a,b"));
    odd.make(odd.root());

    Result wanted = of("sandbox.worktrees", sandbox(odd, true));
    assertThat(wanted.verdict()).isEqualTo(Verdict.DOUBTFUL);
    assertThat(wanted.reason()).contains("letters that mount reads otherwise");
    assertThat(wanted.mend()).startsWith("set knight.worktrees to plain");
    assertThat(of("sandbox.worktrees", sandbox(odd, false)).verdict()).isEqualTo(Verdict.GOOD);
  }

  private static List<Result> sandbox(KnightHome home, boolean layered) {
    return new SandboxCheck(home, () -> Jails.find(System.getenv("PATH"), List.of(), home), layered)
        .look();
  }

  @Test
  void what_mends_a_home_with_blanks_in_its_name_can_be_typed() throws IOException {
    home = new KnightHome(directory.resolve("my own"));
    home.make(home.root());
    secret("secrets.env", "rw-r--r--");

    assertThat(of("home.file.secrets.env", looked()).mend())
        .isEqualTo("chmod 600 '%s'".formatted(home.secrets()));
  }

  @Test
  void a_home_that_is_missing_is_made_by_the_fix() throws IOException {
    Files.delete(home.root());

    Result found = of("home", looked());
    assertThat(found.verdict()).isEqualTo(Verdict.DOUBTFUL);
    found.fix().orElseThrow().apply();

    assertThat(mode(home.root())).isEqualTo("rwx------");
  }

  @Test
  void secrets_that_others_can_read_are_closed_by_the_fix() throws IOException {
    Path file = secret("secrets.env", "rw-r-----");

    Result found = of("home.file.secrets.env", looked());
    assertThat(found.verdict()).isEqualTo(Verdict.BAD);
    assertThat(found.mend()).isEqualTo("chmod 600 " + file);
    found.fix().orElseThrow().apply();

    assertThat(mode(file)).isEqualTo("rw-------");
  }

  @Test
  void settings_may_be_read_by_others_and_not_changed() throws IOException {
    secret("knight.yml", "rw-r--r--");
    assertThat(looked()).extracting(Result::verdict).containsOnly(Verdict.GOOD);

    secret("knight.yml", "rw-rw-r--");
    assertThat(of("home.file.knight.yml", looked()).reason()).contains("can be changed by other");
  }

  @Test
  void a_home_too_deep_for_sockets_is_found() throws IOException {
    KnightHome deep = new KnightHome(directory.resolve("d".repeat(100)));
    deep.make(deep.root());

    assertThat(of("home", new HomeCheck(deep, usual(), "ada", List.of()).look()).mend())
        .contains("a shorter path", "KNIGHT_HOME");
  }

  @Test
  void a_second_home_is_doubted() throws IOException {
    Files.createDirectories(usual());
    Files.writeString(usual().resolve("knight.yml"), "");

    assertThat(of("home.second", looked()).reason()).contains(usual().toString());
  }

  @Test
  void what_another_user_left_in_the_home_is_found() throws IOException {
    home.make(home.run());
    Path left = Files.writeString(home.serviceLock(), "");
    HomeCheck check =
        new HomeCheck(home, usual(), "ada", List.of(), file -> file.equals(left) ? "root" : "ada");

    assertThat(of("home.owner", check.look()).reason()).contains(left + " belongs to root");
    assertThat(of("home.owner", check.look()).mend()).isEqualTo("sudo chown -R ada " + home.root());
  }

  @Test
  void root_is_doubted() throws IOException {
    assertThat(of("home.user", new HomeCheck(home, usual(), "root", List.of()).look()).mend())
        .contains("useradd");
  }

  @Test
  void a_port_that_is_taken_is_found_with_who_has_it() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Result found = new PortCheck("127.0.0.1", taken.getLocalPort()).look().getFirst();

      assertThat(found.verdict()).isEqualTo(Verdict.BAD);
      assertThat(found.reason())
          .contains("is taken by process %d (java)".formatted(ProcessHandle.current().pid()));
      assertThat(found.mend()).contains("knight.http.port: " + (taken.getLocalPort() + 1));
    }
  }

  @Test
  void a_host_that_is_not_this_machines_is_found() {
    assertThat(new PortCheck("knight.invalid", 0).look().getFirst().mend()).contains("127.0.0.1");
  }

  @Test
  void git_that_is_missing_or_broken_is_found() throws IOException {
    assertThat(new GitCheck(directory.toString()).look().getFirst().mend()).contains("install git");

    program("git", "echo nothing");
    assertThat(new GitCheck(directory.toString()).look().getFirst().verdict())
        .isEqualTo(Verdict.BAD);

    program("git", "echo git version 2.39.5");
    assertThat(new GitCheck(directory.toString()).look().getFirst().verdict())
        .isEqualTo(Verdict.GOOD);
  }

  @Test
  void pi_that_is_missing_is_found() {
    assertThat(new Checkup().run(List.of(pi("/nowhere/pi")), _ -> {}, _ -> {}).getFirst().mend())
        .contains("npm install -g @earendil-works/pi-coding-agent@");
  }

  @Test
  void pi_that_is_too_old_is_found() throws IOException {
    program("node", "echo v22.0.0");
    Path old = program("pi", "echo 0.9.1");

    assertThat(new Checkup().run(List.of(pi(old.toString())), _ -> {}, _ -> {}).getFirst())
        .satisfies(found -> {
          assertThat(found.reason()).contains("is version 0.9.1, and knight needs 1.1");
          assertThat(found.mend()).contains("npm install -g");
        });
  }

  @Test
  void pi_of_another_version_is_doubted() throws IOException {
    program("node", "echo v22.0.0");
    Path other = program("pi", "echo 1.9.0");

    List<Result> found = pi(other.toString()).look();

    assertThat(found.getFirst().verdict()).isEqualTo(Verdict.DOUBTFUL);
    assertThat(found.getFirst().reason()).contains("1.9.0", "tested with");
    assertThat(of("pi.node", found).reason()).isEqualTo("v22.0.0");
  }

  @Test
  void pi_is_not_tried_without_the_sandbox() throws IOException {
    PiCheck check =
        new PiCheck(
            home,
            new AgentSettings("pi", directory.toString(), "off", Duration.ZERO),
            () -> {
              throw new MisconfiguredException("no bwrap: install it");
            },
            Optional.empty(),
            Optional.empty());

    assertThat(check.look().getFirst().verdict()).isEqualTo(Verdict.SKIPPED);
  }

  @Test
  void narrow_limits_are_doubted() throws IOException {
    limits(256, 100, 3, 500_000);

    assertThat(new LimitsCheck(directory).look())
        .extracting(Result::id)
        .containsExactly("limits.files", "limits.processes", "limits.namespaces", "limits.memory");
    limits(65_536, 8192, 15_000, 4_000_000);
    assertThat(new LimitsCheck(directory).look().getFirst().verdict()).isEqualTo(Verdict.GOOD);
  }

  @ParameterizedTest
  @CsvSource({
    "100, 90, ext4, BAD, knight.retention.size",
    "50000, 1, ext4, BAD, inodes",
    "3000, 50, ext4, DOUBTFUL, make room",
    "50000, 4, ext4, DOUBTFUL, make room",
    "50000, 50, nfs4, DOUBTFUL, KNIGHT_HOME",
    "50000, 50, ext4, GOOD, ''"
  })
  void a_disk_is_judged_by_its_room_and_its_kind(
      long megabytes, int inodes, String type, Verdict verdict, String mend) {
    Result found =
        new RoomCheck("home", home.root())
            .judged(new RoomCheck.Room(megabytes << 20, OptionalInt.of(inodes), type), home.root());

    assertThat(found.verdict()).isEqualTo(verdict);
    assertThat(found.mend()).contains(mend);
  }

  @Test
  void the_disk_of_a_home_that_is_still_to_be_made_is_known() throws IOException {
    assertThat(new RoomCheck("home", home.root().resolve("not/yet")).look()).hasSize(1);
  }

  @Test
  void a_service_that_is_gone_is_found_and_its_file_removed_by_the_fix() throws IOException {
    Path stale = announce("http://127.0.0.1:1", "2026-11-26T07:00:00Z");

    Result found = service(false, List.of()).getFirst();
    assertThat(found.verdict()).isEqualTo(Verdict.DOUBTFUL);
    assertThat(found.mend()).isEqualTo("rm " + stale);
    found.fix().orElseThrow().apply();

    assertThat(stale).doesNotExist();
    assertThat(service(false, List.of()).getFirst().verdict()).isEqualTo(Verdict.SKIPPED);
  }

  @Test
  void a_service_that_does_not_answer_or_is_anothers_is_found() throws IOException {
    announce("http://127.0.0.1:1", "2026-11-26T07:00:00Z");
    assertThat(service(true, List.of()).getFirst().mend()).contains("knight.log", "kill 77");

    web.answer("GET http://127.0.0.1:1/api/v1/jobs?limit=1", 401, "{}");
    assertThat(service(true, List.of()).getFirst().reason()).contains("does not know this home");
  }

  @Test
  void a_service_older_than_its_executable_is_doubted() throws IOException {
    announce("http://127.0.0.1:1", "2026-11-26T07:00:00Z");
    web.answer("GET http://127.0.0.1:1/api/v1/jobs?limit=1", 200, "[]");
    Path executable = Files.writeString(directory.resolve("knight"), "");
    Files.setLastModifiedTime(executable, FileTime.from(NOW.minusSeconds(7200)));
    assertThat(service(true, List.of()).getFirst().verdict()).isEqualTo(Verdict.GOOD);

    Files.setLastModifiedTime(executable, FileTime.from(NOW));
    assertThat(service(true, List.of()).getFirst().mend()).contains("knight service restart");
  }

  @Test
  void a_service_that_is_not_ready_is_found_by_its_own_word() throws IOException {
    announce("http://127.0.0.1:1", "2026-11-26T07:00:00Z");
    web.answer("GET http://127.0.0.1:1/api/v1/jobs?limit=1", 200, "[]")
        .answer(
            "GET http://127.0.0.1:1/q/health/ready",
            503,
            """
            {"status": "DOWN", "checks": [
              {"name": "store", "status": "UP"}, {"name": "github-token", "status": "DOWN"}]}
            """);

    Result found = of("service.health", service(true, List.of()));

    assertThat(found.verdict()).isEqualTo(Verdict.BAD);
    assertThat(found.reason()).isEqualTo("not ready, by its own word: github-token");
    assertThat(found.mend()).contains("knight.log");
  }

  @Test
  void a_unit_that_leads_nowhere_or_elsewhere_is_found() throws IOException {
    Path unit =
        Files.writeString(
            directory.resolve("knight.service"), "[Service]\nExecStart=/nowhere/knight serve\n");
    assertThat(of("service.unit", service(false, List.of(unit))).mend())
        .isEqualTo("knight service install");

    Files.writeString(
        unit, "[Service]\nExecStart=/bin/sh serve\nEnvironment=KNIGHT_HOME=/srv/knight\n");
    assertThat(of("service.unit", service(false, List.of(unit))).mend())
        .contains("KNIGHT_HOME=/srv/knight");

    Files.writeString(
        unit,
        "[Service]\nExecStart=/bin/sh serve\nEnvironment=\"KNIGHT_HOME=%s\"\n"
            .formatted(home.root()));
    assertThat(of("service.unit", service(false, List.of(unit))).verdict()).isEqualTo(Verdict.GOOD);
  }

  @Test
  void a_store_that_is_gone_is_found() throws IOException {
    home.make(home.root().resolve("store"));
    assertThat(store().getFirst().verdict()).isEqualTo(Verdict.SKIPPED);

    Files.writeString(home.root().resolve("store/jobs"), "12");
    Result found = store().getFirst();

    assertThat(found.verdict()).isEqualTo(Verdict.BAD);
    assertThat(found.reason()).contains("there were 12 jobs in it");
    assertThat(found.mend()).startsWith("knight restore FILE");
  }

  @Test
  void a_store_that_cannot_be_read_is_found_with_the_copy_to_go_back_to() throws IOException {
    broken();
    home.make(home.backups());
    Path copy =
        Files.writeString(
            home.backups().resolve("2026-11-25T08-00-00Z-daily.sql.gz"), "not looked at");
    Files.setLastModifiedTime(copy, FileTime.from(NOW.minus(Duration.ofDays(5))));

    List<Result> found = store();

    assertThat(of("store", found).verdict()).isEqualTo(Verdict.BAD);
    assertThat(of("store", found).mend()).isEqualTo("knight restore " + copy);
    assertThat(of("store.backups", found).reason()).contains("5 days old");
  }

  @Test
  void a_migration_that_was_cut_off_is_told() throws IOException {
    broken();
    Files.writeString(home.root().resolve("store/migrating"), "");

    assertThat(of("store", store()).mend()).contains("knight serve");
  }

  @Test
  void a_store_of_a_service_is_not_opened() throws IOException {
    broken();

    List<Result> found =
        new StoreCheck(home, home.store(), Optional::empty, InstantSource.fixed(NOW)).look();

    assertThat(of("store", found).verdict()).isEqualTo(Verdict.GOOD);
  }

  private final FakeWeb web = new FakeWeb();

  private void broken() throws IOException {
    home.make(home.root().resolve("store"));
    Files.write(home.root().resolve("store/knight.mv.db"), new byte[9000]);
  }

  private List<Result> store() throws IOException {
    return new StoreCheck(home, home.store(), () -> Optional.of(() -> {}), new TestClock(NOW))
        .look();
  }

  private List<Result> service(boolean isHeld, List<Path> units) throws IOException {
    return new ServiceCheck(
            home, web, isHeld, directory.resolve("knight"), units, () -> Optional.of(() -> {}))
        .look();
  }

  private Path announce(String url, String started) throws IOException {
    home.make(home.run());
    secret("api-token", "rw-------");
    return Files.writeString(
        home.service(),
        "{\"url\": \"%s\", \"pid\": 77, \"started\": \"%s\"}".formatted(url, started));
  }

  private void limits(long files, long processes, long namespaces, long memory) throws IOException {
    Files.createDirectories(directory.resolve("self"));
    Files.createDirectories(directory.resolve("sys/user"));
    Files.writeString(
        directory.resolve("self/limits"),
        """
        Limit                     Soft Limit           Hard Limit           Units
        Max processes             %d                unlimited            processes
        Max open files            %d               1048576              files
        """
            .formatted(processes, files));
    Files.writeString(directory.resolve("sys/user/max_user_namespaces"), namespaces + "\n");
    Files.writeString(
        directory.resolve("meminfo"), "MemTotal: 9 kB\nMemAvailable:   %d kB\n".formatted(memory));
  }

  private PiCheck pi(String command) {
    return new PiCheck(
        home,
        new AgentSettings(command, directory + ":/usr/bin:/bin", "off", Duration.ZERO),
        NoSandbox::new,
        Optional.empty(),
        Optional.empty());
  }

  private Path program(String name, String script) throws IOException {
    Path program = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return program;
  }

  private List<Result> looked() throws IOException {
    return new HomeCheck(home, usual(), "ada", List.of()).look();
  }

  private Path usual() {
    return directory.resolve("usual");
  }

  private Path secret(String name, String mode) throws IOException {
    Path file = Files.writeString(home.root().resolve(name), "x".repeat(40));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    return file;
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static Result of(String id, List<Result> results) {
    return results.stream().filter(it -> it.id().equals(id)).findFirst().orElseThrow();
  }
}
