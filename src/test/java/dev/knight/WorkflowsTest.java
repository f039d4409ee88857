package dev.knight;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** What GitHub runs for knight itself: what may write, and what is trusted. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WorkflowsTest {
  private static final Path WORKFLOWS = Path.of(".github/workflows");
  private static final Pattern SCRIPT =
      Pattern.compile("(?m)(?:^|\\s)((?:scripts|\\.ci)/[\\w./-]+)");

  private static final Pattern LEFT_OUT = Pattern.compile("'-Dit\\.test=([^']+)'");
  private static final Path PACKAGED = Path.of("src/test/java/dev/knight/packaged");

  @TempDir private Path place;

  @ParameterizedTest
  @ValueSource(strings = {"ci.yml", "release.yml"})
  void each_action_of_others_is_named_by_its_commit(String file) throws IOException {
    List<String> used =
        Files.readAllLines(WORKFLOWS.resolve(file)).stream()
            .filter(line -> line.contains("uses: ") && !line.contains("uses: ./"))
            .toList();

    assertThat(used).isNotEmpty();
    assertThat(used).allMatch(line -> line.matches(".*uses: [\\w./-]+@[0-9a-f]{40} # v[\\d.]+"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ci.yml", "release.yml"})
  void nothing_is_permitted_that_a_job_does_not_ask_for(String file) throws IOException {
    assertThat(text(file)).contains("\npermissions: {}\n").doesNotContain("pull_request_target");
    assertThat(jobs(file))
        .allSatisfy((name, job) -> {
          Map<String, String> permissions = map(job.get("permissions"));
          if (permissions.containsValue("write")) {
            assertThat(name).isEqualTo("draft");
          } else {
            assertThat(permissions).containsExactly(Map.entry("contents", "read"));
          }
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"ci.yml", "release.yml"})
  void no_script_has_text_of_others_put_into_it(String file) throws IOException {
    assertThat(scripts(file)).isNotEmpty().noneMatch(script -> script.contains("${{"));
    assertThat(steps(file))
        .filteredOn(step -> step.getOrDefault("uses", "").toString().contains("/checkout@"))
        .isNotEmpty()
        .allMatch(step -> Boolean.FALSE.equals(map(step.get("with")).get("persist-credentials")));
  }

  @Test
  void no_code_of_the_repository_runs_where_a_release_is_written() throws IOException {
    assertThat(list(jobs("release.yml").getOrDefault("draft", Map.of()).get("steps")))
        .isNotEmpty()
        .noneMatch(step -> step.toString().contains("checkout"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ci.yml", "release.yml"})
  void what_is_run_is_there(String file) throws IOException {
    List<Path> run =
        scripts(file).stream()
            .flatMap(script -> SCRIPT.matcher(script).results())
            .map(found -> Path.of(found.group(1)))
            .toList();

    assertThat(run).isNotEmpty().allMatch(Files::isExecutable);
  }

  @Test
  void what_is_left_out_on_a_platform_is_one_of_the_tests_and_not_all_but_one() throws IOException {
    List<String> selections =
        LEFT_OUT.matcher(text("release.yml")).results().map(found -> found.group(1)).toList();

    assertThat(selections)
        .isNotEmpty()
        // Without a name that is included, those of units would be, too.
        .allMatch(selection -> selection.startsWith("*IT,!"))
        .flatExtracting(selection -> List.of(selection.substring("*IT,!".length()).split(",!")))
        .allMatch(name -> Files.exists(PACKAGED.resolve(name + ".java")));
  }

  @Test
  void an_archive_is_always_the_same_and_installs_what_is_in_it() throws Exception {
    Path program = place.resolve("program");
    Files.writeString(program, "#!/bin/sh\necho knight 1.2.3\n");

    Path first = Path.of(done("scripts/lib/archive.sh", program.toString(), place + "/a"));
    Path second = Path.of(done("scripts/lib/archive.sh", program.toString(), place + "/b"));

    assertThat(first).hasSameBinaryContentAs(second);
    done("tar", "-xzf", first.toString(), "-C", place.toString(), "--strip-components=1");
    assertThat(done(place + "/scripts/install", "--prefix", place + "/prefix"))
        .contains("knight 1.2.3 is installed: " + place + "/prefix/bin/knight");
  }

  private String done(String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("HOME", place.toString());
    Process process = builder.start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  private static String text(String file) throws IOException {
    return Files.readString(WORKFLOWS.resolve(file));
  }

  private static Map<String, Map<String, Object>> jobs(String file) throws IOException {
    Map<String, Object> workflow = new Yaml().load(text(file));
    return map(workflow.get("jobs"));
  }

  private static List<Map<String, Object>> steps(String file) throws IOException {
    return jobs(file).values().stream()
        .flatMap(job -> job.containsKey("steps") ? list(job.get("steps")).stream() : Stream.empty())
        .toList();
  }

  private static List<String> scripts(String file) throws IOException {
    return steps(file).stream()
        .filter(step -> step.containsKey("run"))
        .map(step -> requireNonNull(step.get("run")).toString())
        .toList();
  }

  @SuppressWarnings("unchecked")
  private static <T> Map<String, T> map(@Nullable Object value) {
    return (Map<String, T>) requireNonNull(value);
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> list(@Nullable Object value) {
    return (List<Map<String, Object>>) requireNonNull(value);
  }
}
