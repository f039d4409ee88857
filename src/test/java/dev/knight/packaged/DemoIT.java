package dev.knight.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer tries first. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DemoIT {
  private static final Path PICTURE = Path.of("docs/demo.svg");

  @TempDir private Path directory;

  @Test
  void the_rehearsal_comes_out_right_and_is_what_the_readme_shows() throws IOException {
    Program knight = new Program(directory, Map.of("KNIGHT_AGENT_COMMAND", Town.pi()));

    Program.Ended demo = knight.run("demo");

    assertThat(demo.exitCode()).as(demo.out() + demo.err()).isZero();
    assertThat(demo.out())
        .contains("The rehearsal came out right: one mention, one pull request, one answer.")
        .doesNotContain("\u001b");
    assertThat(settled(shown()))
        .as("the lines of %s; scripts/pictures makes it anew", PICTURE)
        .containsExactlyInAnyOrderElementsOf(settled(demo.out()));
  }

  /** Numbers, addresses and places differ from time to time. */
  private static List<String> settled(String text) {
    return text.lines()
        .map(line ->
            line.replaceAll("\\S*/knight-demo\\d*", "/tmp")
                .replaceAll("[0-9a-f]*\\d[0-9a-f.]*", "#")
                .strip())
        .filter(line -> !line.isEmpty())
        .toList();
  }

  private static String shown() throws IOException {
    String picture = Files.readString(PICTURE);
    return picture
        .substring(
            picture.indexOf("<metadata>") + "<metadata>".length(), picture.indexOf("</metadata>"))
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
  }
}
