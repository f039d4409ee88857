package dev.knight.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.knight.home.OtherProgram.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OtherProgramTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  @TempDir Path directory;

  @Test
  void it_tells_how_one_ended_and_what_it_said() throws Exception {
    assertThat(shell("echo one; echo two >&2; exit 3").run(LONG))
        .contains(new Ended(3, "one\ntwo\n"));
    assertThat(shell("cat; echo; echo last").run(LONG, "given"))
        .hasValueSatisfying(ended -> {
          assertThat(ended.isGood()).isTrue();
          assertThat(ended.said()).isEqualTo("given\nlast\n");
          assertThat(ended.lastLine()).isEqualTo("last");
        });
  }

  @Test
  void it_sees_what_is_named_and_nothing_else() throws Exception {
    assertThat(new OtherProgram(List.of("/usr/bin/env"), Map.of("ONE", "1")).run(LONG))
        .contains(new Ended(0, "ONE=1\n"));
  }

  @Test
  void whoever_wants_to_hear_errors_hears_each_as_it_comes() throws Exception {
    List<String> errors = new ArrayList<>();

    assertThat(shell("echo a >&2; echo out; echo b >&2").run(LONG, errors::add))
        .contains(new Ended(0, "out\n"));
    assertThat(errors).containsExactly("a", "b");
  }

  @Test
  void what_takes_too_long_is_ended_with_all_that_it_started() throws Exception {
    Path numbers = directory.resolve("numbers");
    String words = "sleep 1000 & echo $$ $! >'%s'; wait".formatted(numbers);

    assertThat(shell(words).run(Duration.ofSeconds(1))).isEmpty();

    if (Files.exists(numbers)) { // on a busy machine it may not have come so far, or not to its end
      for (String line : Files.readAllLines(numbers)) {
        for (String number : line.split(" ", -1)) {
          ProcessHandle.of(Long.parseLong(number)).ifPresent(left -> left.onExit().join());
        }
      }
    }
  }

  @Test
  void of_much_the_last_is_kept() throws Exception {
    assertThat(shell("head -c 3000000 /dev/zero | tr '\\0' x; echo end").run(LONG))
        .hasValueSatisfying(ended -> assertThat(ended.said()).hasSize(1 << 20).endsWith("xend\n"));
  }

  @Test
  void one_that_reads_nothing_of_a_long_input_ends_all_the_same() throws Exception {
    assertThat(shell("exec <&-; echo done").run(LONG, "x".repeat(1_000_000)))
        .contains(new Ended(0, "done\n"));
  }

  @Test
  void what_is_not_there_cannot_be_started() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> new OtherProgram(List.of("/none"), Map.of()).run(LONG));
  }

  @Test
  void a_program_is_found_where_the_path_leads_to_a_file_that_can_be_run() throws Exception {
    Path tool = Files.writeString(directory.resolve("tool"), "#!/bin/sh\n");
    Files.createDirectory(directory.resolve("dir"));
    String path = "relative:/none:" + directory;

    assertThat(OtherProgram.find("tool", path)).isEmpty();
    assertThat(tool.toFile().setExecutable(true)).isTrue();
    assertThat(OtherProgram.find("tool", path)).contains(tool);
    assertThat(OtherProgram.find("dir", path)).isEmpty();
  }

  private static OtherProgram shell(String script) {
    return new OtherProgram(
        List.of("/bin/sh", "-c", script), Map.of("PATH", "/usr/local/bin:/usr/bin:/bin"));
  }
}
