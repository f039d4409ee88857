package dev.knight.packaged;

import static dev.knight.packaged.Town.REPOSITORY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.fake.AppKeys;
import dev.knight.job.Subject;
import dev.knight.packaged.Program.Ended;
import dev.knight.packaged.Program.Service;
import dev.knight.rehearsal.Comment;
import dev.knight.rehearsal.Issue;
import dev.knight.rehearsal.Permission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A knight that is a GitHub App and has no token of a person's. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AppIT {
  private static final String APP = "lancelot[bot]";

  @TempDir private Path directory;

  @Test
  void a_mention_of_an_app_becomes_its_pull_request() throws IOException {
    KeyPair pair = AppKeys.pair();
    Path key = directory.resolve("app.pem");
    Files.createFile(
        key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(key, AppKeys.pkcs1(pair));
    try (Town town = new Town(directory, Town::notes)) {
      town.world().addApp(7, 70, "lancelot", pair.getPublic());
      town.world().permit(REPOSITORY, APP, Permission.WRITE);
      Program knight =
          town.knight()
              .without("KNIGHT_GITHUB_TOKEN")
              .with("KNIGHT_GITHUB_APP_ID", "7")
              .with("KNIGHT_GITHUB_APP_INSTALLATION_ID", "70")
              .with("KNIGHT_GITHUB_APP_PRIVATE_KEY_FILE", key.toString());
      try (Service _ = knight.serve()) {
        Subject issue =
            town.world().openIssue(REPOSITORY, "ada", "Add note 1", "@lancelot write note 1");

        town.await(
            "a final word", () -> town.world().comments(issue).stream().anyMatch(this::isLast));
      }

      List<Issue> pulls = town.pulls();
      assertThat(pulls).hasSize(1);
      assertThat(pulls.getFirst().author().login()).isEqualTo(APP);
      assertThat(town.file(pulls.getFirst(), "notes/1.md")).isEqualTo("note 1 is fine\n");
      town.assertAsGitHubSays();
      assertThat(Files.readString(knight.home().resolve("log").resolve("knight.log")))
          .doesNotContain(town.world().lastInstallationToken().orElseThrow());

      Ended looked = knight.run("doctor", "--json");
      assertThat(looked.exitCode()).as(looked.out() + looked.err()).isZero();
      assertThat(looked.out())
          .contains("a GitHub App's token of " + APP, "may push, write issues and pull requests")
          .doesNotContain(town.world().lastInstallationToken().orElseThrow());
    }
  }

  private boolean isLast(Comment comment) {
    return comment.author().login().equals(APP) && comment.body().startsWith("@ada");
  }
}
