package dev.knight.packaged;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Locator.FilterOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.knight.job.Subject;
import dev.knight.packaged.Browsing.Size;
import dev.knight.packaged.Browsing.Window;
import dev.knight.packaged.Program.Service;
import dev.knight.rehearsal.ModelAnswer;
import dev.knight.rehearsal.ModelRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a job in a real browser, while agents work that mean no good. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JobPageIT {
  private static final String EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\u202e";
  private static final String WAIT = "touch busy; until [ -e go ]; do sleep 0.1; done; rm busy go";
  private static final String WORKFLOW = ".github/workflows/ci.yml";

  private static final String BELOW_THE_FOOT =
      "Math.max(0, Math.round(document.documentElement.scrollHeight - scrollY"
          + " - document.querySelector('.foot').getBoundingClientRect().bottom))";

  private static final String TWICE =
      "(ids => ids.filter((id, at) => ids.indexOf(id) !== at))"
          + "([...document.querySelectorAll('[id]')].map(it => it.id))";

  @TempDir private Path home;

  private final AtomicBoolean waits = new AtomicBoolean(true);

  @Test
  void a_person_looks_on_speaks_up_and_decides() throws Exception {
    try (Town town = new Town(home, this::obeys);
        Service _ = town.knight().serve();
        Browsing browsing = Browsing.start();
        Window window = browsing.open(Size.DESK, ColorScheme.LIGHT)) {
      window
          .page()
          .onDialog(dialog -> {
            throw new AssertionError("a text was run: " + dialog.message());
          });
      window.login(town.knight());
      speaksUp(town, window);
      isForEverybody(town, browsing);
      stopsAndTriesAgain(town, window);
      letsThrough(town, window);
      assertThat(window.troubles()).isEmpty();
      town.assertAsGitHubSays();
    }
  }

  private void speaksUp(Town town, Window window) {
    Page page = window.page();
    Subject issue =
        town.world()
            .openIssue(
                Town.REPOSITORY, "ada", EVIL + " Add note 1", "@sir-knight please write note 1");
    town.await("the tool", () -> Files.exists(town.worktree(1).resolve("busy")));
    window.visit("/jobs/1");
    assertThat(page.locator("h1")).containsText("<script>alert(1)</script>");
    assertThat(page.locator("#link")).hasText("Live");
    assertThat(page.locator("#talk")).containsText("I write <b>it</b>.");
    assertThat(page.locator(".file").filter(having("notes/1.md"))).hasCount(1);

    page.keyboard().press("s");
    page.keyboard().type("let it shout " + EVIL);
    page.locator("#acts").getByText("Send").click();
    assertThat(page.locator(".notice")).hasText("Job 1 is told.");
    assertThat(page.locator("#talk [data-kind=person]").last())
        .containsText("let it shout <script>");
    page.evaluate("leave(); listen()"); // as after a while in the background
    create(town.worktree(1).resolve("go"));

    assertThat(page.locator("#talk")).containsText("I hear you.");
    assertThat(page.locator("#talk .aside").first()).hasText("Review");
    assertThat(page.locator("#head .badge")).hasText("done");
    assertThat(page.locator("#talk .call").filter(having("printf")).locator(".print"))
        .containsText("<i>hostile</i>");
    assertThat(page.locator("#diff .file code").first()).containsText("notes/");
    assertThat(page.locator("#diff")).containsText("as it was pushed");
    assertThat(page.locator("#checks .check")).hasCount(1);
    assertThat(page.locator("#checks")).containsText("sh check.sh");
    assertThat(page.locator("#effects a").first().getAttribute("href"))
        .startsWith(town.gitHub().webUrl().toString());
    assertThat(town.finalWord(issue)).contains("done:");
    assertThat(page.evaluate(TWICE)).isEqualTo(List.of());
    assertThat(page.locator("#way li").first()).containsText("prepare");
    assertThat(
            page.evaluate(
                "document.querySelectorAll('main script, main img, main b, main i').length"))
        .isEqualTo(0);
  }

  /** In both themes, on a desk and on a phone; and what there is of it without a script. */
  private void isForEverybody(Town town, Browsing browsing) throws Exception {
    Map<ColorScheme, Size> looks =
        Map.of(ColorScheme.LIGHT, Size.DESK, ColorScheme.DARK, Size.PHONE);
    for (Map.Entry<ColorScheme, Size> look : looks.entrySet()) {
      try (Window window = browsing.open(look.getValue(), look.getKey())) {
        window.login(town.knight());
        window.visit("/jobs/1");
        for (Locator folded : window.page().locator("main details:not(.sure)").all()) {
          folded.evaluate("it => it.open = true");
        }
        window.photograph("job-" + look.getKey().name().toLowerCase(Locale.ROOT));
        window.assertForEverybody();
        window.assertFits();
        assertThat(window.page().evaluate(BELOW_THE_FOOT)).isEqualTo(0);
        assertThat(window.page().request().get(window.page().url()).text())
            .contains("I hear you.", "note 1 is fine!!!", "sh check.sh");
        assertThat(window.troubles()).isEmpty();
      }
    }
  }

  private void stopsAndTriesAgain(Town town, Window window) {
    Page page = window.page();
    town.ask(2);
    town.await("the tool", () -> Files.exists(town.worktree(2).resolve("busy")));
    window.visit("/jobs/2");
    page.locator("#stop summary").click();
    page.getByText("Stop job 2").click();
    assertThat(page.locator(".notice")).hasText("Job 2 is stopped.");
    assertThat(page.locator("#head .badge")).hasText("stopped");
    assertThat(page.locator("#diff")).containsText("kept on a branch");

    waits.set(false);
    page.locator("#retry summary").click();
    page.getByText("Yes, do it").click();
    assertThat(page.locator(".notice")).hasText("Job 3 goes on.");
    assertThat(page.locator("#head .badge")).hasText("done");
    assertThat(page.url()).endsWith("/jobs/3");
  }

  private static void letsThrough(Town town, Window window) throws IOException {
    Page page = window.page();
    town.ask(44);
    town.await("a hold", () -> town.knight().run("jobs").out().contains("needs-you"));
    window.visit("/jobs/4");
    assertThat(page.locator("#why li code").first()).hasText(".github/workflows/ci.yml");
    window.photograph("job-held");
    assertThat(page.locator("#diff")).containsText("held back until you let it through");
    assertThat(page.locator("#diff .add").filter(having("on: push"))).hasCount(1);
    assertThat(page.locator("#diff .file").filter(having("notes/<b>4.md"))).hasCount(1);
    page.getByText("Let exactly this through").click();
    assertThat(page.locator("#head .badge")).hasText("done");
    assertThat(page.locator("#head")).containsText("pull request");
    assertThat(page.locator("#effects li").filter(having("pull request")).locator("code"))
        .hasText(Pattern.compile("#\\d+"));
  }

  private static FilterOptions having(String text) {
    return new FilterOptions().setHasText(text);
  }

  private static void create(Path file) {
    try {
      Files.createFile(file);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /** Writes what would run in a browser, and waits for a word. */
  private ModelAnswer obeys(ModelRequest request) {
    boolean edits = request.tools().contains("edit");
    if (edits && request.turn() == 0 && request.prompt().contains("note 44")) {
      return Town.notes(request)
          .write(WORKFLOW, "on: push\n")
          .write("notes/<b>4.md", "it is fine\n");
    }
    boolean isPatient = request.prompt().contains("note 1") || request.prompt().contains("note 2");
    if (!edits || !isPatient || !waits.get()) {
      return Town.notes(request);
    }
    if (request.turn() == 0) {
      String number = request.prompt().contains("note 1") ? "1" : "2";
      return ModelAnswer.text("I write <b>it</b>. [x](javascript:alert(3)) \u001b[31m")
          .write("notes/" + number + ".md", "it is fine <script>alert(4)</script>\n")
          .write("notes/page.html", "<i>hostile</i> <!-- fine -->\n")
          .bash("echo '<i>hostile</i>'; printf '\\033[31mred \\342\\200\\256'; " + WAIT);
    }
    return request.lastText().contains("wrote")
        ? Town.changed("Add note 1")
        : ModelAnswer.text("I hear you.").write("notes/1.md", "note 1 is fine!!!\n");
  }
}
