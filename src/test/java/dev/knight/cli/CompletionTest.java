package dev.knight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The scripts in the real shells, as far as they are there; bash always is. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CompletionTest {
  @TempDir Path home;

  @BeforeEach
  void recordings() throws IOException {
    Path recordings = Files.createDirectories(home.resolve("recordings"));
    for (String name : List.of("7.jsonl", "12.jsonl", "12-review-1.jsonl", "notes")) {
      Files.writeString(recordings.resolve(name), "");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          knight jo              | jobs
          knight memory e        | edit
          knight memory ''       | confirm edit forget propose
          knight show ''         | 12 7
          knight --verbose show 1 | 12
          knight logs --fol      | --follow
          knight help ex         | exit-codes
          knight help releas     | release
          knight completion z    | zsh
          knight jobs --state r  | retrying running
          knight nonsense        |
          """)
  void bash_completes_what_there_is(String typed, @Nullable String offered) throws Exception {
    String answer =
        said(
            """
            source %s
            COMP_WORDS=(%s)
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _knight
            printf '%%s\\n' "${COMPREPLY[@]}" | sort | tr '\\n' ' '
            """
                .formatted(script(Shell.BASH), typed),
            "bash",
            "--norc");

    assertThat(answer.strip()).isEqualTo(offered == null ? "" : offered);
  }

  @Test
  void bash_completes_an_option_of_all_commands() throws Exception {
    String answer =
        said(
            """
            source %s
            COMP_WORDS=(knight jobs --c)
            COMP_CWORD=2
            _knight
            echo "${COMPREPLY[@]}"
            """
                .formatted(script(Shell.BASH)),
            "bash",
            "--norc");

    assertThat(answer.strip()).isEqualTo("--config");
  }

  @ParameterizedTest
  @EnumSource
  void each_shell_that_is_there_reads_its_script(Shell shell) throws Exception {
    if (shell != Shell.BASH && !isThere(shell.toString())) {
      return; // nobody can use it here, either
    }

    assertThat(said("source " + script(shell) + "\n", shell.toString())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void a_script_names_every_command(Shell shell) throws IOException {
    assertThat(Files.readString(script(shell)))
        .contains("jobs", "show", "memory", "propose", "completion", "demo")
        .doesNotContain("\u001b");
  }

  private Path script(Shell shell) throws IOException {
    StringWriter out = new StringWriter();
    PrintWriter printer = new PrintWriter(out);
    int exitCode =
        KnightCommandLine.execute(
            new FakeProgram(home),
            new Terminal(printer, printer, false, false, 80),
            Optional.of(new Rehearsals((_, _) -> 0, CompletionTest::none, (_, _) -> 0)),
            "completion",
            shell.toString());
    assertThat(exitCode).isZero();
    return Files.writeString(home.resolve("script." + shell), out.toString());
  }

  private String said(String commands, String... shell) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(shell).redirectErrorStream(true);
    builder.environment().put("KNIGHT_HOME", home.toString());
    Process process = builder.start();
    try (var typed = process.outputWriter(StandardCharsets.UTF_8)) {
      typed.write(commands);
    }
    String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return answer;
  }

  private static ChaosReport none(Chaos.Order order, PrintWriter progress) {
    throw new IllegalStateException("Nobody asked for it");
  }

  private static boolean isThere(String program) {
    return Arrays.stream(System.getenv("PATH").split(":", -1))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }
}
