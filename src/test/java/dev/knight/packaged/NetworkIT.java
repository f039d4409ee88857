package dev.knight.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.job.Subject;
import dev.knight.packaged.Program.Service;
import dev.knight.rehearsal.ModelAnswer;
import dev.knight.rehearsal.ModelRequest;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NetworkIT {
  private static final String CONFIG =
      """
      network: [npm, maven, wiki.example]
      setup: curl -sS https://setup.example/ || true
      verify: [sh check.sh]
      """;

  @TempDir private Path home;

  @Test
  void what_a_job_tries_to_reach_and_may_not_is_told_where_people_look() throws Exception {
    try (Town town = new Town(home, NetworkIT::curious)) {
      town.world()
          .push(Town.REPOSITORY, "main", "ada", "Ask for more", Map.of(".knight.yml", CONFIG));
      Program knight = town.knight().with("KNIGHT_NETWORK_OFFER", "npm,pypi.org");
      try (Service _ = knight.serve()) {
        Subject issue = town.ask(1);

        String word = town.finalWord(issue);

        assertThat(word)
            .contains("`setup.example:443` (not allowed)")
            .contains("`169.254.169.254:80` (not a host's name)")
            .contains("`agent.example:443` (not allowed)")
            .contains(
                "`network` asks for `maven`, `wiki.example`, which this knight does not offer");
        assertThat(town.pulls().getFirst().body())
            .contains("`setup.example:443` (not allowed)")
            .contains("`agent.example:443` (not allowed)")
            .contains("`network:` in `.knight.yml`");
        assertThat(knight.run("show", "1").out())
            .contains("agent.example:443 refused: not allowed");
      }
    }
  }

  /** Looks around with pi's own tool, beside its work. */
  private static ModelAnswer curious(ModelRequest request) {
    boolean looks = request.tools().contains("edit") && request.turn() == 1;
    return looks
        ? ModelAnswer.text("I look around.")
            .bash(
                "curl -sS http://169.254.169.254/latest/meta-data; curl -sS https://agent.example/; true")
        : Town.notes(request);
  }
}
