package dev.knight;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.knight.home.KnightHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/**
 * The recipes of the images and of the container say what the program says. They are not built
 * here, where there is no engine.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ContainerTest {
  private static final Path COMPOSE = Path.of("config/compose.yaml");
  private static final String HOME = "/home/knight/.knight";

  @TempDir private Path empty;

  @ParameterizedTest
  @ValueSource(strings = {"Dockerfile.native", "Dockerfile.jvm"})
  void what_an_image_is_made_of_is_there_and_sent_to_the_engine(String file) throws IOException {
    List<String> sent =
        Files.readAllLines(Path.of(".dockerignore")).stream()
            .filter(line -> line.startsWith("!"))
            .map(line -> line.substring(1))
            .toList();
    List<String> sources =
        instructions(file).stream()
            .filter(line -> line.startsWith("COPY ") && !line.contains("--from="))
            .map(line -> line.replaceFirst("COPY (--\\S+ )*", "").split(" "))
            .flatMap(words -> Arrays.stream(words).limit(words.length - 1))
            .toList();

    assertThat(sources).contains("src/main", "scripts/lib", "pom.xml", ".mvn", "mvnw");
    assertThat(sources).allSatisfy(source -> assertThat(Path.of(source)).exists());
    assertThat(sources)
        .allSatisfy(source -> assertThat(sent).anyMatch(it -> Path.of(it).startsWith(source)));
    assertThat(sent).as("not where its owner keeps secrets").doesNotContain("config");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Dockerfile.native", "Dockerfile.jvm"})
  void an_image_runs_as_nobody_special_in_its_home_and_can_be_asked(String file)
      throws IOException {
    List<String> last = lastStage(file);
    int port =
        Settings.load(new KnightHome(empty), Optional.empty(), Map.of()).config().http().port();

    assertThat(last)
        .contains("USER knight", "VOLUME " + HOME, "CMD [\"serve\"]")
        .anyMatch(line -> line.startsWith("RUN apt-get update") && line.contains(" bubblewrap "))
        .anyMatch(line -> line.contains("-m 0700 -o knight -g knight " + HOME))
        .anyMatch(line ->
            line.startsWith("HEALTHCHECK ")
                && line.contains("\"--fail\"")
                && line.endsWith("\"http://127.0.0.1:%d/q/health/ready\"]".formatted(port)))
        .anyMatch(
            line -> line.startsWith("ENV KNIGHT_HOME=" + HOME + " KNIGHT_AGENT_COMMAND=/opt/pi/"));
    assertThat(last.indexOf("USER knight")).isLessThan(last.indexOf("CMD [\"serve\"]"));
  }

  @Test
  void the_two_images_differ_in_the_program_alone() throws IOException {
    assertThat(lastStage("Dockerfile.jvm").stream().filter(ContainerTest::isOfAll))
        .containsExactlyElementsOf(
            lastStage("Dockerfile.native").stream().filter(ContainerTest::isOfAll).toList());
  }

  @Test
  void a_container_has_its_secrets_in_files_and_gives_away_no_more_than_the_sandbox_needs()
      throws IOException {
    JsonNode compose = compose();
    JsonNode knight = compose.at("/services/knight");

    assertThat(names(knight.path("environment")))
        .allSatisfy(
            name -> assertThat(ConfigKey.ALL).extracting(ConfigKey::variable).contains(name));
    assertThat(texts(knight.path("environment")))
        .containsExactlyInAnyOrderElementsOf(
            texts(knight.path("secrets")).stream().map(it -> "/run/secrets/" + it).toList());
    assertThat(names(compose.path("secrets")))
        .containsExactlyInAnyOrderElementsOf(texts(knight.path("secrets")));
    assertThat(texts(knight.path("volumes")))
        .contains("home:" + HOME, "./knight.yml:" + HOME + "/knight.yml:ro");
    assertThat(texts(knight.path("cap_drop"))).containsExactly("ALL");
    assertThat(knight.path("read_only").asBoolean()).isTrue();
    assertThat(texts(knight.path("security_opt")))
        .containsExactly(
            "no-new-privileges:true",
            "seccomp=./seccomp-bwrap.json",
            "apparmor=unconfined",
            "systempaths=unconfined");
  }

  @Test
  void the_filter_of_a_container_lets_bubblewrap_make_a_jail_and_keeps_the_kernel_to_itself()
      throws IOException {
    JsonNode filter = new ObjectMapper().readTree(Files.readString(filterFile()));
    List<String> refused =
        filter
            .path("syscalls")
            .valueStream()
            .flatMap(rule -> rule.path("names").valueStream())
            .map(JsonNode::asText)
            .toList();

    assertThat(filter.path("defaultAction").asText()).isEqualTo("SCMP_ACT_ALLOW");
    assertThat(refused)
        .doesNotHaveDuplicates()
        .doesNotContain(
            "clone", "unshare", "mount", "umount2", "pivot_root", "sethostname", "seccomp", "prctl")
        .contains(
            "bpf",
            "init_module",
            "kexec_load",
            "keyctl",
            "open_by_handle_at",
            "perf_event_open",
            "ptrace",
            "setns",
            "userfaultfd",
            "io_uring_setup",
            "clone3");
  }

  private static Path filterFile() throws IOException {
    String named =
        texts(compose().at("/services/knight/security_opt")).stream()
            .filter(option -> option.startsWith("seccomp="))
            .findFirst()
            .orElseThrow();
    return COMPOSE.resolveSibling(named.substring("seccomp=".length())).normalize();
  }

  private static JsonNode compose() throws IOException {
    return new ObjectMapper().valueToTree(new Yaml().load(Files.readString(COMPOSE)));
  }

  private static List<String> texts(JsonNode values) {
    return values.valueStream().map(JsonNode::asText).toList();
  }

  private static List<String> names(JsonNode group) {
    return group.properties().stream().map(Map.Entry::getKey).toList();
  }

  private static boolean isOfAll(String line) {
    return !line.contains("/project/target/")
        && !line.contains("/opt/java")
        && !line.startsWith("FROM ");
  }

  private static List<String> lastStage(String file) throws IOException {
    List<String> all = instructions(file);
    int from = 0;
    for (int i = 0; i < all.size(); i++) {
      from = all.get(i).startsWith("FROM ") ? i : from;
    }
    return all.subList(from, all.size());
  }

  /** One line for each instruction. */
  private static List<String> instructions(String file) throws IOException {
    List<String> instructions = new ArrayList<>();
    StringBuilder open = new StringBuilder();
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      for (String line : lines.filter(it -> !it.isBlank() && !it.startsWith("#")).toList()) {
        boolean goesOn = line.endsWith("\\");
        open.append(goesOn ? line.substring(0, line.length() - 1) : line);
        if (!goesOn) {
          instructions.add(open.toString().replaceAll("\\s+", " ").strip());
          open.setLength(0);
        }
      }
    }
    return instructions;
  }
}
