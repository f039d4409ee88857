package dev.knight.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.packaged.Program.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a home that the next version has worked on is to this one. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UpgradeIT {
  private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");
  private static final Pattern RESTORE = Pattern.compile("knight restore (\\S+)");

  @TempDir private Path home;

  @Test
  void a_store_of_the_next_version_is_refused_and_what_it_was_before_is_one_command_away()
      throws Exception {
    try (Town town = new Town(home, Town::notes)) {
      Program knight = town.knight();
      assertThat(knight.run("enqueue", town.page(town.ask(1))).exitCode()).isZero();
      leaveSchema(knight);
      assertThat(knight.run("enqueue", town.page(town.ask(2))).exitCode()).isZero();
      enterNextSchema(knight);

      Ended refused = knight.run("serve");
      assertThat(refused.exitCode()).as(refused.err()).isEqualTo(3);
      assertThat(refused.err())
          .contains("The store was written by a newer knight (schema 999): start that one, or")
          .doesNotContain("\tat ");
      Matcher command = RESTORE.matcher(refused.err());
      assertThat(command.find()).as(refused.err()).isTrue();

      Ended restored = knight.run("restore", command.group(1));
      assertThat(restored.exitCode()).as(restored.err()).isZero();
      assertThat(restored.out()).contains("The store has 1 jobs again", "knight-before-");
      assertThat(knight.run("jobs").out()).startsWith("1\t").doesNotContain("2\t");
    }
  }

  @Test
  void a_key_of_the_next_version_is_named_as_what_it_may_be() throws IOException {
    Path file = Files.writeString(home.resolve("next.yml"), "knight:\n  fancy-thing: 3\n");
    Program knight = new Program(Files.createDirectory(home.resolve("k")), Map.of());

    Ended refused = knight.run("jobs", "--config", file.toString());

    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.err())
        .containsPattern("line 2: knight.fancy-thing is not a key of knight \\d.*of a newer one");
  }

  /** What this version does before a later one goes on. */
  private static void leaveSchema(Program knight) throws IOException {
    Path backups = Files.createDirectories(knight.home().resolve("backups"));
    Path copy = backups.resolve("2026-11-25T10-00-00Z-schema-%s.sql.gz".formatted(newest()));
    assertThat(knight.run("backup", copy.toString()).exitCode()).isZero();
  }

  /** What a later version does first. */
  private static void enterNextSchema(Program knight) throws SQLException {
    Path store = knight.home().resolve("store/knight");
    try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + store);
        Statement statement = connection.createStatement()) {
      statement.execute("create table future (id bigint primary key)");
      statement.execute(
          """
          insert into "flyway_schema_history"
          ("installed_rank", "version", "description", "type", "script", "checksum",
           "installed_by", "execution_time", "success")
          values (999, '999', 'future', 'SQL', 'V999__future.sql', 1, 'knight', 1, true)
          """);
    }
  }

  private static String newest() throws IOException {
    try (var files = Files.list(MIGRATIONS)) {
      return files
          .map(file -> file.getFileName().toString().replaceFirst("^V(\\d+)__.*", "$1"))
          .max(Comparator.naturalOrder())
          .orElseThrow();
    }
  }
}
