package dev.knight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.doctor.Fix;
import dev.knight.doctor.Result;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DoctorCommandTest {
  private static final String CANARY = "the-secret-of-the-fake";

  @TempDir Path home;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<String> played = new ArrayList<>();
  private FakeProgram program;

  @BeforeEach
  void program() {
    program = new FakeProgram(home);
  }

  @Test
  void what_is_well_is_a_line_each_and_no_more() {
    program.findings.add(Result.good("git", "git", "2.39, /usr/bin/git"));
    program.findings.add(Result.skipped("store", "Store", "there is none yet"));

    assertThat(run("doctor")).isZero();

    assertThat(out.toString())
        .isEqualTo(
            """
            ✓ git                   2.39, /usr/bin/git
            - Store                 there is none yet
            All is well: 2 looks.
            """);
  }

  @Test
  void what_is_wrong_has_its_mend_below_it() {
    program.findings.add(Result.doubtful("clock", "Clock", "it is 90 s behind", "set it"));
    program.findings.add(Result.bad("port", "Port", "it is taken\u001b[31m", "end the other"));

    assertThat(run("doctor")).isEqualTo(1);

    assertThat(out.toString())
        .contains(
            """
            ! Clock                 it is 90 s behind
                → set it
            ✗ Port                  it is taken
            """
                .stripTrailing())
        .contains("    → end the other\n")
        .endsWith("1 wrong, 1 to look at, 0 well.\n")
        .doesNotContain("\u001b");
  }

  @Test
  void what_is_only_doubtful_is_no_failure() {
    program.findings.add(Result.doubtful("clock", "Clock", "it is 90 s behind", "set it"));

    assertThat(run("doctor")).isZero();
  }

  @Test
  void nothing_set_up_has_an_exit_code_of_its_own() {
    program.findings.add(Result.bad(Result.UNSET, "Settings", "nothing is set yet", "knight init"));

    assertThat(run("doctor")).isEqualTo(3);
  }

  @Test
  void attempts_to_get_out_are_one_line_unless_one_gets_through() {
    IntStream.range(0, 5)
        .mapToObj(i -> Result.good("sandbox.escape.way-" + i, "way " + i, "held"))
        .forEach(program.findings::add);

    run("doctor");
    assertThat(out.toString()).contains("✓ Ways out of it        5 tried, none leads out\n");

    run("doctor", "--verbose");
    assertThat(out.toString()).contains("✓ way 3                 held\n");

    program.findings.add(Result.bad("sandbox.escape.mount", "mount", "gets through", "report it"));
    assertThat(run("doctor")).isEqualTo(1);
    assertThat(out.toString()).contains("✗ mount                 gets through");
  }

  @Test
  void json_has_every_result_and_no_secret() {
    program.findings.add(Result.bad("model", "Model", "no key like " + CANARY, "set it"));

    assertThat(run("doctor", "--json")).isEqualTo(1);

    assertThat(out.toString())
        .isEqualToIgnoringWhitespace(
            """
            [ { "id" : "model", "title" : "Model", "verdict" : "bad", "reason" : "no key like ***",
                "mend" : "set it", "fixable" : false } ]
            """);
  }

  @Test
  void fix_mends_what_it_can_and_says_so() throws IOException {
    Path open = Files.writeString(home.resolve("secrets.env"), "");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
    Path stale = Files.writeString(home.resolve("service.json"), "{}");
    program.findings.add(
        Result.bad("home.file", "Secrets", "open", "chmod 600 it")
            .mendedBy(new Fix.Close(open, "rw-------")));
    program.findings.add(
        Result.doubtful("service", "Service", "stale", "rm it")
            .mendedBy(new Fix.Remove(() -> Optional.of(() -> {}), List.of(stale))));

    run("doctor");
    assertThat(out.toString()).endsWith(" knight doctor --fix mends 2 of them.\n");
    assertThat(stale).exists();

    run("doctor", "--fix");

    assertThat(out.toString())
        .contains("✓ Mended: closed %s to other users".formatted(open))
        .contains("✓ Mended: removed " + stale);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(open)))
        .isEqualTo("rw-------");
    assertThat(stale).doesNotExist();
    assertThat(program.asked).containsExactly("checks", "checks", "checks");
  }

  @Test
  void what_a_service_that_has_started_meanwhile_uses_is_not_removed() throws IOException {
    Path its = Files.writeString(home.resolve("service.json"), "{}");
    program.findings.add(
        Result.doubtful("service", "Service", "stale", "rm it")
            .mendedBy(new Fix.Remove(Optional::empty, List.of(its))));

    run("doctor", "--fix");

    assertThat(out.toString())
        .contains("✗ Not mended: removed %s (a knight has started meanwhile)".formatted(its));
    assertThat(its).exists();
  }

  @Test
  void a_bundle_has_what_a_bug_report_needs_and_no_secret() throws Exception {
    Files.createDirectories(home.resolve("log"));
    Files.writeString(
        home.resolve("log/knight.log"), "INFO job=7 done\nWARN %s\n".formatted(CANARY));
    program.findings.add(Result.bad("model", "Model", "no key like " + CANARY, "set it"));
    Files.createFile(home.resolve("a\nb"));
    Path file = home.resolve("report.tar.gz");

    assertThat(run("doctor", "--bundle", file.toString())).isEqualTo(1);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(err.toString())
        .contains("doctor.json", "settings.txt", "versions.txt", "knight.log");
    assertThat(unpacked(file))
        .contains("knight.workers: 2", "INFO job=7 done", "WARN ***", "os.arch")
        .contains("knight.model.name: ***", "\"reason\" : \"no key like ***\"")
        .contains(" 0 a b\n", " log/knight.log\n")
        .doesNotContain(CANARY);
    assertThat(run("doctor", "--bundle", file.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("is there already: name another file");
  }

  @Test
  void smoke_plays_only_where_nothing_is_wrong() {
    assertThat(run("doctor", "--smoke")).isZero();
    assertThat(played).containsExactly("played");

    program.findings.add(Result.bad("model", "Model", "no", "set it"));
    assertThat(run("doctor", "--smoke")).isEqualTo(1);
    assertThat(played).hasSize(1);
    assertThat(err.toString()).contains("No job is played: mend what is wrong first.");
  }

  /** As any tar reads it. */
  private static String unpacked(Path file) throws Exception {
    Process tar =
        new ProcessBuilder("tar", "-xzOf", file.toString()).redirectErrorStream(true).start();
    try (InputStream text = tar.getInputStream()) {
      String all = new String(text.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(tar.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(tar.exitValue()).as(all).isZero();
      return all;
    }
  }

  private int run(String... args) {
    Terminal plain = new Terminal(new PrintWriter(out), new PrintWriter(err), false, false, 80);
    Smoke smoke =
        (_, _) -> {
          played.add("played");
          return 0;
        };
    Rehearsals rehearsals =
        new Rehearsals(
            (_, _) -> 0,
            (_, _) -> {
              throw new IllegalStateException("nobody asked for chaos");
            },
            smoke);
    return KnightCommandLine.execute(program, plain, Optional.of(rehearsals), args);
  }
}
