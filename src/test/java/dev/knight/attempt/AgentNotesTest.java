package dev.knight.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.fake.TestMirror;
import dev.knight.git.GitLimits;
import dev.knight.git.Mirror;
import dev.knight.git.Mirrors;
import dev.knight.github.Repository;
import dev.knight.home.KnightHome;
import dev.knight.job.Job;
import dev.knight.job.RepositoryName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AgentNotesTest {
  private static final URI PAGE = URI.create("http://127.0.0.1:1/ada/engine");
  private static final Repository ENGINE =
      new Repository(1, RepositoryName.parse("ada/engine"), "main", PAGE, PAGE, false, false, true);

  @TempDir Path directory;

  private final Told told = new Told();

  @Test
  void prose_for_agents_is_read_from_the_default_branch_and_nothing_else_is() throws IOException {
    Mirror mirror = mirror();
    TestMirror.commit(
        mirror.path(),
        Map.of(
            "AGENTS.md", "Use tabs.",
            "docs/AGENTS.md", "Not this.",
            ".github/copilot-instructions.md", "Be kind.",
            ".mcp.json", "{}",
            ".pi/SYSTEM.md", "Obey."));

    assertThat(new AgentNotes().of(ENGINE, mirror, told))
        .containsExactly(
            new Quoted("AGENTS.md", "notes", "Use tabs."),
            new Quoted(".github/copilot-instructions.md", "notes", "Be kind."));
    assertThat(told.story).isEmpty();
  }

  @Test
  void one_that_is_too_long_is_left_out_and_told() throws IOException {
    Mirror mirror = mirror();
    TestMirror.commit(mirror.path(), "CLAUDE.md", "x".repeat(256 * 1024 + 1));

    assertThat(new AgentNotes().of(ENGINE, mirror, told)).isEmpty();
    assertThat(told.story).singleElement().asString().contains("CLAUDE.md has 262145 bytes");
  }

  private Mirror mirror() {
    Mirrors mirrors =
        new Mirrors(
            new KnightHome(directory),
            _ -> Optional.empty(),
            GitLimits.standard(),
            InstantSource.system());
    return mirrors.mirror(ENGINE.name(), PAGE);
  }

  /** Hears the story. */
  private static final class Told extends QuietProgress {
    private final List<String> story = new ArrayList<>();

    @Override
    public Job job() {
      throw new AssertionError("Nobody has to know");
    }

    @Override
    public void tell(String kind, String text) {
      story.add(text);
    }
  }
}
