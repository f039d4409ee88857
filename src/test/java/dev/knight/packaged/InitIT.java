package dev.knight.packaged;

import static dev.knight.packaged.Typist.CONTROL_C;
import static dev.knight.packaged.Typist.DOWN;
import static dev.knight.packaged.Typist.ENTER;
import static dev.knight.packaged.Typist.UP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.job.RepositoryName;
import dev.knight.job.Subject;
import dev.knight.packaged.Program.Ended;
import dev.knight.rehearsal.Permission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code knight init}, by somebody at a terminal and by a script. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class InitIT {
  private static final RepositoryName OTHER = RepositoryName.parse("ada/aside");

  @TempDir private Path directory;

  @Test
  void a_person_with_arrow_keys_comes_from_nothing_to_a_pull_request() throws Exception {
    try (Town town = new Town(directory, Town::notes)) {
      for (int i = 0; i < 120; i++) {
        RepositoryName name = new RepositoryName("ada", "old-%03d".formatted(i));
        town.world().addRepository(name, Map.of("a", "b"));
        town.world().permit(name, "sir-knight", Permission.WRITE);
      }
      Program knight = bare(town.knight());

      try (Typist ada = knight.sit("init", "--api-url", town.gitHub().apiUrl().toString())) {
        ada.sees("sign in to GitHub?").types(ENTER);
        ada.sees("The token (nobody sees it)").types("ghp_wrong" + ENTER);
        ada.sees("does not know it").sees("sign in to GitHub?").types(ENTER);
        ada.sees("The token (nobody sees it)").types(Town.TOKEN + ENTER);
        ada.sees("knight is sir-knight there");
        ada.sees("Which may it work on?").types("notes " + ENTER);
        ada.sees("✓ Which may it work on? ada/notes\n");
        ada.sees("may push").sees("The coding agent, pi").sees("✓ pi 1.");
        ada.sees("Whose model works?").types("compatible" + ENTER);
        ada.sees("Where does it answer?").types(town.model().baseUrl() + ENTER);
        ada.sees("With which key?").types(DOWN + ENTER);
        ada.sees("The key (nobody sees it)").types(Town.MODEL_KEY + ENTER);
        ada.sees("Which model?").sees("❯ rehearsal-1").types(ENTER);
        ada.sees("✓ Model").sees("an agent is held");
        ada.sees("How shall it run?").types(ENTER);
        ada.sees("KNIGHT_GITHUB_TOKEN=*** (new)").sees("Write that?").types(ENTER);
        ada.sees("serves 1 repository at").sees("@sir-knight please");
        ada.sees("/ada/notes/issues/new");

        Subject issue = town.ask(1);
        assertThat(town.finalWord(issue)).contains("/pull/");
        assertThat(ada.leaves()).isIn(0, 130);
        assertThat(ada.screen()).doesNotContain(Town.TOKEN).doesNotContain(Town.MODEL_KEY);
      }

      assertThat(town.pulls()).hasSize(1);
      assertThat(mode(knight.home().resolve("secrets.env"))).isEqualTo("rw-------");
      assertThat(Files.readString(knight.home().resolve("secrets.env")))
          .contains("KNIGHT_GITHUB_TOKEN=" + Town.TOKEN)
          .contains("KNIGHT_MODEL_API_KEY=" + Town.MODEL_KEY);
      assertThat(Files.readString(knight.home().resolve("knight.yml")))
          .contains("      - ada/notes\n")
          .doesNotContain(Town.TOKEN);
      town.assertAsGitHubSays();
    }
  }

  @Test
  void what_was_written_by_hand_stays_when_it_is_run_again() throws Exception {
    try (Town town = new Town(directory, Town::notes)) {
      town.world().addRepository(OTHER, Map.of("a", "b"));
      town.world().permit(OTHER, "sir-knight", Permission.WRITE);
      Program knight = bare(town.knight());
      Path file = knight.home().resolve("knight.yml");
      assertThat(silently(knight, town).exitCode()).isZero();
      String own =
          Files.readString(file)
              .replace("  #workers: 2", "  workers: 3   # two were too few")
              .replace("      - ada/notes", "      - ada/notes   # the diary");
      Files.writeString(file, own);

      try (Typist ada = knight.sit("init", "--run", "later")) {
        ada.sees("is there").sees("❯ As it does now").types(ENTER);
        ada.sees("Which may it work on?").sees("◉ ada/notes").types(DOWN + " " + ENTER);
        ada.sees("ada/notes, ada/aside").sees("Whose model works?").types(ENTER);
        ada.sees("Where does it answer?").types(ENTER);
        ada.sees("With which key?").types(ENTER);
        ada.sees("Which model?").types(ENTER);
        ada.sees("+      - ada/aside").sees("Write that?").types(UP + ENTER);
        ada.sees("nothing was written");
        assertThat(ada.ends()).isEqualTo(1);
      }
      assertThat(Files.readString(file)).isEqualTo(own);

      Ended again = knight.run("init", "--yes", "-R", "ada/notes", "-R", "ada/aside");

      assertThat(again.exitCode()).as(again.out() + again.err()).isZero();
      assertThat(Files.readString(file))
          .isEqualTo(own.replace("# the diary\n", "# the diary\n      - ada/aside\n"));
      assertThat(knight.run("init", "--yes").out()).contains("Nothing: all of it is there already");
    }
  }

  @Test
  void a_script_says_it_all_by_options_and_hears_which_one_is_missing() throws Exception {
    try (Town town = new Town(directory, Town::notes)) {
      Program knight = bare(town.knight());
      Path file = knight.home().resolve("knight.yml");

      try (Typist eve = knight.sit("init")) {
        eve.sees("sign in to GitHub?").types(CONTROL_C).sees("nothing was written");
        assertThat(eve.ends()).isEqualTo(1);
      }
      Ended nothing = knight.run("init", "--yes");
      assertThat(nothing.exitCode()).isEqualTo(2);
      assertThat(nothing.err()).contains("--sign-in");
      Ended open =
          knight.run(
              "init",
              "--yes",
              "--api-url",
              town.gitHub().apiUrl().toString(),
              "--token-file",
              secret("open", Town.TOKEN, "rw-r--r--").toString());
      assertThat(open.exitCode()).isEqualTo(3);
      assertThat(open.err()).contains("chmod 600");
      Ended without =
          knight.run(
              "init",
              "--yes",
              "--api-url",
              town.gitHub().apiUrl().toString(),
              "--token-file",
              secret("token", Town.TOKEN, "rw-------").toString());
      assertThat(without.exitCode()).isEqualTo(2);
      assertThat(without.err()).contains("--repository");
      assertThat(file).doesNotExist();

      Ended done = silently(knight, town);

      assertThat(done.exitCode()).as(done.out() + done.err()).isZero();
      assertThat(done.out())
          .contains("@sir-knight please")
          .doesNotContain("\033")
          .doesNotContain(Town.TOKEN);
      assertThat(mode(file)).isEqualTo("rw-------");
      assertThat(Files.readString(file))
          .contains("token-file: " + directory.resolve("token"))
          .contains("api-key-file: " + directory.resolve("key"));
      assertThat(knight.home().resolve("secrets.env")).doesNotExist();
    }
  }

  private Ended silently(Program knight, Town town) throws IOException {
    return knight.run(
        "init",
        "--yes",
        "--api-url",
        town.gitHub().apiUrl().toString(),
        "--token-file",
        secret("token", Town.TOKEN, "rw-------").toString(),
        "-R",
        "ada/notes",
        "--provider",
        "openai-compatible",
        "--base-url",
        town.model().baseUrl().toString(),
        "--model",
        "rehearsal-1",
        "--model-key-file",
        secret("key", Town.MODEL_KEY, "rw-------").toString());
  }

  /** Nothing is set but what a machine is; pi is found as it would be on anybody's. */
  private Program bare(Program knight) throws IOException {
    Path pi = Path.of(System.getProperty("test.pi", System.getenv("KNIGHT_TEST_PI")));
    Path bin = Files.createDirectories(directory.resolve("bin"));
    if (!Files.exists(bin.resolve("pi"))) {
      Files.createSymbolicLink(bin.resolve("pi"), pi);
    }
    Program bare = knight.with("PATH", bin + ":" + System.getenv("PATH"));
    for (String setting :
        new String[] {
          "GITHUB_API_URL",
          "GITHUB_TOKEN",
          "GITHUB_REPOSITORIES",
          "MODEL_PROVIDER",
          "MODEL_NAME",
          "MODEL_BASE_URL",
          "MODEL_API_KEY",
          "AGENT_COMMAND"
        }) {
      bare = bare.without("KNIGHT_" + setting);
    }
    return bare;
  }

  private Path secret(String name, String text, String mode) throws IOException {
    Path file = directory.resolve(name);
    Files.writeString(file, text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    return file;
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
