package dev.knight.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.knight.packaged.Program.Ended;
import dev.knight.packaged.Program.Service;
import dev.knight.rehearsal.TokenRight;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults planted around the packaged program, each found by {@code knight doctor} with its mend.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DoctorIT {
  @TempDir private Path home;

  @Test
  void what_is_well_is_said_to_be_a_service_is_asked_and_smoke_plays_a_job() throws Exception {
    try (Town town = new Town(home, Town::notes)) {
      Program knight = town.knight();
      try (Service service = knight.serve()) {
        assertThat(town.finalWord(town.ask(1))).contains("/pull/");
        Path bundle = home.resolve("bundle.tar.gz");

        Ended ended = knight.run("doctor", "--json", "--bundle", bundle.toString());

        Map<String, JsonNode> found = found(ended);
        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
        assertThat(found).hasSizeGreaterThan(60);
        assertThat(reason(found, "service"))
            .contains("process %d serves at".formatted(service.process().pid()));
        assertThat(reason(found, "store")).contains("open in the service that runs");
        assertThat(reason(found, "github.token")).contains("of sir-knight, scopes repo");
        assertThat(reason(found, "github.repository.ada/notes")).contains("may push");
        assertThat(reason(found, "model")).contains("answers in");
        assertThat(reason(found, "pi")).contains("1.5.2");
        assertThat(reason(found, "pi.model")).contains("conversations of");
        assertThat(found).doesNotContainKey("port");
        assertThat(ended.err()).contains("look at it before you send it");
        assertThat(unpacked(bundle))
            .contains("\"state\" : \"done\"")
            .doesNotContain("please write", "Add note 1");
        assertThat(Canaries.isIn(unpacked(bundle) + ended.out() + ended.err())).isFalse();

        service.kill();
        Ended smoke = knight.run("doctor", "--smoke");
        assertThat(smoke.exitCode()).as(smoke.out() + smoke.err()).isZero();
        assertThat(smoke.out())
            .contains("service.json tells of a service that is gone\n    → rm ", "1 jobs, ")
            .contains("It works: from the mention to a pull request, for 0 USD");
        assertThat(town.pulls()).as("nothing happens on the real GitHub").hasSize(1);
        assertThat(Canaries.isIn(smoke.out() + smoke.err())).isFalse();
      }
      town.assertAsGitHubSays();
    }
  }

  @Test
  void planted_faults_are_found_and_their_mends_named() throws Exception {
    try (Town town = new Town(home, Town::notes);
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Path k = town.knight().home();
      town.knight().run("enqueue", town.page(town.ask(1)));
      try (FileChannel store =
          FileChannel.open(k.resolve("store/knight.mv.db"), StandardOpenOption.WRITE)) {
        store.truncate(5_000);
      }
      dead(k.resolve("run/9.sock"));
      Files.createDirectories(k.resolve("worktrees"));
      Files.setPosixFilePermissions(k, PosixFilePermissions.fromString("rwxr-xr-x"));
      town.world().setArchived(Town.REPOSITORY, true);
      Files.writeString(
          k.resolve("knight.yml"),
          """
          knight:
            github:
              repositories: [ada/notes, ada/nowhere]
            model:
              api-key-file: %s
          """
              .formatted(open(k.resolve("model-key"))));
      Program knight =
          town.knight()
              .without("KNIGHT_GITHUB_REPOSITORIES")
              .with("KNIGHT_HTTP_PORT", "" + taken.getLocalPort())
              .with("KNIGHT_MODEL_API_KEY", "sk-wrong-wrong-wrong-0123456789")
              .with("KNIGHT_AGENT_COMMAND", "/nowhere/pi");

      Ended ended = knight.run("doctor", "--json");

      Map<String, JsonNode> found = found(ended);
      assertThat(ended.exitCode()).isEqualTo(1);
      assertThat(mend(found, "settings.exposed")).contains("secrets.env");
      assertThat(mend(found, "home")).isEqualTo("chmod 700 " + k);
      assertThat(mend(found, "home.file.model-key")).isEqualTo("chmod 600 " + k + "/model-key");
      assertThat(mend(found, "github.repository.ada/notes")).contains("take it out");
      assertThat(mend(found, "github.repository.ada/nowhere")).contains("that the name is right");
      assertThat(mend(found, "model")).contains("KNIGHT_MODEL_API_KEY");
      assertThat(mend(found, "pi"))
          .contains("npm install -g @earendil-works/pi-coding-agent@1.5.2");
      assertThat(reason(found, "port"))
          .contains("is taken by process %d".formatted(ProcessHandle.current().pid()));
      assertThat(mend(found, "store")).startsWith("knight restore");
      assertThat(mend(found, "store.backups")).startsWith("knight backup");
      assertThat(Canaries.isIn(ended.out() + ended.err())).isFalse();

      Program wrong = knight.with("KNIGHT_GITHUB_TOKEN", "ghp_wrongWrongWrongWrong0123456789");
      Files.writeString(k.resolve("knight.yml"), "knight:\n  workers: 2\n  wrokers-per: 2\n");
      found = found(wrong.run("doctor", "--json"));
      assertThat(reason(found, "settings")).contains("knight.wrokers-per is not a key");
      assertThat(mend(found, "settings")).isEqualTo("correct line 3 of " + k + "/knight.yml");

      Files.writeString(k.resolve("knight.yml"), "knight:\n  workers: 2\n");
      open(k.resolve("secrets.env"));
      Ended fixed = wrong.run("doctor", "--fix");
      assertThat(fixed.out())
          .contains("Mended: closed " + k + "/secrets.env", "Mended: closed " + k)
          .contains("GitHub does not know it");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(k)))
          .isEqualTo("rwx------");

      town.world().addToken("ghp_readReadReadReadRead0123456789", "eve", TokenRight.READ);
      Program reader =
          town.knight()
              .with("KNIGHT_GITHUB_TOKEN", "ghp_readReadReadReadRead0123456789")
              .with("KNIGHT_MODEL_NAME", "unknown-1")
              .with("KNIGHT_MODEL_BASE_URL", town.gitHub().webUrl().toString())
              .with("KNIGHT_SANDBOX", "none");
      found = found(reader.run("doctor", "--json"));
      assertThat(mend(found, "github.token")).contains("tick the scope repo");
      assertThat(mend(found, "model")).contains("knight.model.base-url");
      assertThat(mend(found, "sandbox.none")).contains("take knight.sandbox out");
    }
  }

  /** The socket of a bridge that is gone. */
  private static void dead(Path socket) throws IOException {
    try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.bind(UnixDomainSocketAddress.of(socket));
    }
  }

  private static Path open(Path secret) throws IOException {
    Files.writeString(secret, "");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
    return secret;
  }

  private static Map<String, JsonNode> found(Ended ended) throws IOException {
    Map<String, JsonNode> found = new LinkedHashMap<>();
    new ObjectMapper()
        .readTree(ended.out())
        .forEach(result -> found.put(result.path("id").asText(), result));
    assertThat(found).as(ended.err()).isNotEmpty();
    return found;
  }

  private static String reason(Map<String, JsonNode> found, String id) {
    return result(found, id).path("reason").asText();
  }

  private static String mend(Map<String, JsonNode> found, String id) {
    assertThat(result(found, id).path("verdict").asText()).isIn("bad", "doubtful");
    return result(found, id).path("mend").asText();
  }

  private static JsonNode result(Map<String, JsonNode> found, String id) {
    JsonNode result = found.get(id);
    if (result == null) {
      throw new AssertionError("%s is not among %s".formatted(id, found.keySet()));
    }
    return result;
  }

  private static String unpacked(Path bundle) throws Exception {
    Process tar =
        new ProcessBuilder("tar", "-xzOf", bundle.toString()).redirectErrorStream(true).start();
    try (InputStream out = tar.getInputStream()) {
      String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(tar.waitFor(1, TimeUnit.MINUTES)).isTrue();
      return text;
    }
  }
}
