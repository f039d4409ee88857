package dev.knight.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.hygiene.SecretScanner;
import dev.knight.job.Secret;
import dev.knight.job.Subject;
import dev.knight.packaged.Program.Ended;
import dev.knight.packaged.Program.Service;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarFile;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SecretsIT {
  private static final SecretScanner SCANNER =
      new SecretScanner(List.of(new Secret(Town.TOKEN), new Secret(Town.MODEL_KEY)));

  @TempDir private Path home;

  /** The service's own environment is the control: what is there is found. */
  @Test
  void no_process_that_the_service_starts_holds_a_secret_in_its_arguments_or_environment()
      throws Exception {
    Map<Long, Boolean> holding = new ConcurrentHashMap<>();
    try (Town town =
            new Town(
                home,
                request -> {
                  holding.putAll(processes(home));
                  return Town.notes(request);
                });
        Service service = town.knight().serve()) {
      Subject issue = town.ask(1);

      assertThat(town.finalWord(issue)).contains("/pull/");

      assertThat(holding).hasSizeGreaterThan(2).containsEntry(service.process().pid(), true);
      assertThat(holding.entrySet())
          .filteredOn(Map.Entry::getValue)
          .extracting(Map.Entry::getKey)
          .containsOnly(service.process().pid());
      assertThat(service.said()).contains("KNIGHT_GITHUB_TOKEN is in the environment");
    }
  }

  @Test
  void secrets_from_files_are_refused_while_others_can_read_them_and_serve_when_they_cannot()
      throws Exception {
    try (Town town = new Town(home, Town::notes)) {
      Path token = Files.writeString(home.resolve("token"), Town.TOKEN + "\n");
      Path key = Files.writeString(home.resolve("key"), Town.MODEL_KEY + "\n");
      only(token, "rw-r--r--");
      only(key, "rw-------");
      Program knight =
          town.knight()
              .without("KNIGHT_GITHUB_TOKEN")
              .without("KNIGHT_MODEL_API_KEY")
              .with("KNIGHT_GITHUB_TOKEN_FILE", token.toString())
              .with("KNIGHT_MODEL_API_KEY_FILE", key.toString());

      Ended refused = knight.run("serve");

      assertThat(refused.exitCode()).isEqualTo(3);
      assertThat(refused.err()).contains("run chmod 600 " + token.toRealPath());
      only(token, "rw-------");
      try (Service service = knight.serve()) {
        assertThat(town.finalWord(town.ask(2))).contains("/pull/");
        assertThat(processes(home)).isNotEmpty().doesNotContainValue(true);
        assertThat(service.said()).doesNotContain("is in the environment");
      }
    }
  }

  @Test
  void another_address_than_loopback_is_refused_unless_it_was_chosen() throws Exception {
    try (Town town = new Town(home, Town::notes)) {
      Ended refused = town.knight().with("KNIGHT_HTTP_HOST", "0.0.0.0").run("serve");

      assertThat(refused.exitCode()).isEqualTo(3);
      assertThat(refused.err()).contains("knight.http.behind-proxy: true");
    }
  }

  @Test
  void what_is_packaged_has_no_server_and_no_console_of_the_database() throws IOException {
    try (JarFile jar = new JarFile(Program.JAR.toFile())) {
      List<String> names = jar.stream().map(entry -> entry.getName()).toList();

      assertThat(names).contains("org/h2/engine/Database.class");
      assertThat(names)
          .filteredOn(name -> !name.endsWith("/"))
          .noneMatch(name -> name.startsWith("org/h2/server/"))
          .doesNotContain("org/h2/tools/Server.class", "org/h2/tools/Console.class");
    }
  }

  /** The processes that run for {@code home}, and whether each shows a secret to who looks. */
  private static Map<Long, Boolean> processes(Path home) {
    Map<Long, Boolean> processes = new ConcurrentHashMap<>();
    ProcessHandle.allProcesses()
        .filter(process -> process.pid() != ProcessHandle.current().pid())
        .forEach(process -> {
          String seen = seen(process.pid());
          if (seen.contains(home.toString())) {
            processes.put(process.pid(), holdsSecret(seen));
          }
        });
    return processes;
  }

  private static boolean holdsSecret(String text) {
    return SCANNER.find(text).stream().anyMatch(it -> it.what().contains("own"));
  }

  private static String seen(long process) {
    StringBuilder seen = new StringBuilder();
    for (String file : List.of("cmdline", "environ")) {
      try {
        seen.append(
            new String(
                Files.readAllBytes(Path.of("/proc", Long.toString(process), file)),
                StandardCharsets.ISO_8859_1));
      } catch (IOException gone) {
        seen.append(' ');
      }
    }
    return seen.toString();
  }

  private static void only(Path file, String permissions) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }
}
