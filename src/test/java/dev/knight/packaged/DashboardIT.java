package dev.knight.packaged;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Locator.FilterOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.knight.packaged.Browsing.Size;
import dev.knight.packaged.Browsing.Window;
import dev.knight.packaged.Program.Service;
import dev.knight.rehearsal.ModelAnswer;
import dev.knight.rehearsal.ModelRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard in a real browser, over a service that works. */
@TestInstance(Lifecycle.PER_CLASS)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DashboardIT {
  private static final String HOSTILE =
      "Add note 7 <script>document.title='taken'</script> \u202Etxet\u202C \u001b[31mred";

  private static final List<String> PAGES = List.of("/", "/history", "/repositories", "/settings");

  private Browsing browsing;

  @TempDir private Path home;

  @BeforeAll
  void start() {
    browsing = Browsing.start();
  }

  @AfterAll
  void end() {
    browsing.close();
  }

  @Test
  void a_person_logs_in_looks_on_answers_searches_and_leaves() throws Exception {
    try (Town town = new Town(home, DashboardIT::script);
        Service _ = town.knight().with("KNIGHT_QUESTIONS", "wait").serve();
        Window window = browsing.open(Size.DESK, ColorScheme.LIGHT);
        Window other = browsing.open(Size.PHONE, ColorScheme.DARK)) {
      Page page = window.page();
      window.login(town.knight());
      assertThat(page.locator("#link")).hasText("Live");
      assertThat(page.locator("#waiting")).containsText("Nothing waits for you");
      assertThat(page.locator("#first")).containsText("@knight please fix this");
      window.photograph("first-desk-light");

      town.world().openIssue(Town.REPOSITORY, "ada", HOSTILE, "@sir-knight please write note 7");
      assertThat(row(page, "#ended", "Add note 7")).hasCount(1);
      assertThat(row(page, "#ended", "<script>")).containsText("done");
      assertThat(page.locator("#first")).isHidden();
      assertThat(page.locator("#ended .name")).not().containsText("\u202E");
      assertThat(page).hasTitle("Now · knight");

      page.locator("#ended .name").focus();
      town.ask(3);
      assertThat(page.locator("#waiting .question")).hasText("Short or long?");
      assertThat(page).hasTitle("(1) Now · knight");
      assertThat(page.locator("#news")).hasText("Job 2 waits for you");
      town.ask(5);
      assertThat(row(page, "#ended", "Add note 5")).hasCount(1);
      assertThat(row(page, "#ended", "Add note 7").locator(".name")).isFocused();
      page.locator("#answer-2").fill("Short, pl");
      town.ask(4);
      assertThat(row(page, "#ended", "Add note 4")).hasCount(1);
      assertThat(page.locator("#answer-2")).hasValue("Short, pl");
      assertThat(page.locator("#answer-2")).isFocused();
      page.locator("#answer-2").fill("Short, please.");
      page.locator("#waiting button", new Page.LocatorOptions().setHasText("Answer"))
          .first()
          .click();
      assertThat(page.locator(".notice")).hasText("Job 2 is told.");
      assertThat(row(page, "#ended", "Add note 3")).hasCount(1);
      assertThat(town.model().requests())
          .anyMatch(asked -> asked.toString().contains("Short, please."));

      search(page, "note 4");
      assertThat(page.locator(".jobs li")).hasCount(1);
      assertThat(page.locator(".jobs .name")).hasText("Add note 4");
      search(page, "no such thing");
      assertThat(page.locator(".empty")).containsText("No job is like that");
      window.visit("/history?state=done&before=2");
      assertThat(page.locator(".jobs li")).hasCount(1);

      window.visit("/repositories");
      assertThat(page.locator("#repositories")).containsText("ada/notes");
      assertThat(page.locator("#repositories")).containsText("read and good");
      window.visit("/settings");
      assertThat(page.locator("main")).containsText("environment variable KNIGHT_GITHUB_TOKEN");
      assertThat(page.content()).doesNotContain(Town.TOKEN).doesNotContain(Town.MODEL_KEY);
      assertThat(window.troubles()).isEmpty();

      assertThat(everyPage(town, other, "phone-dark")).isEmpty();
      assertThat(everyPage(town, window, "desk-light")).isEmpty();

      Page second = page.context().newPage();
      second.navigate(page.url().replaceFirst("(//[^/]+)/.*", "$1/"));
      assertThat(second.locator("#link")).hasText("Live");
      page.locator("button", new Page.LocatorOptions().setHasText("Log out")).click();
      assertThat(page.locator("h1")).hasText("Logged out");
      window.visit("/");
      assertThat(page.locator("main")).containsText("Run: knight open");
      assertThat(second.locator("main")).containsText("Run: knight open");
      other.visit("/history");
      assertThat(other.page().locator("h1")).hasText("History");
      town.assertAsGitHubSays();
    }
  }

  @Test
  void a_browser_stays_logged_in_over_a_restart_and_a_stranger_is_told_what_to_do()
      throws Exception {
    try (Town town = new Town(home, Town::notes);
        Window window = browsing.open(Size.DESK, ColorScheme.DARK);
        Window stranger = browsing.open(Size.DESK, ColorScheme.LIGHT)) {
      Program knight = town.knight();
      String link;
      try (Service _ = knight.serve()) {
        link = knight.run("open", "--print").out().strip();
        window.page().navigate(link);
        assertThat(window.page().locator("h1")).hasText("Now");
        stranger.page().navigate(link.replaceFirst("/open.*", "/history"));
        assertThat(stranger.page().locator("main")).containsText("Run: knight open");
        stranger.assertForEverybody();
        stranger.photograph("stranger-light");
        assertWorksWithoutScripts(knight);
      }
      assertThat(Files.readString(home.resolve("k").resolve("logins")))
          .doesNotContain(window.page().context().cookies().getFirst().value);
      Program there = knight.with("KNIGHT_HTTP_PORT", link.replaceFirst(".*:(\\d+)/.*", "$1"));
      try (Service _ = there.serve()) {
        assertThat(window.page().locator("#link")).hasText("Live");
        window.visit("/history");
        assertThat(window.page().locator("h1")).hasText("History");
        window.visit("/nowhere");
        assertThat(window.page().locator("h1")).hasText("Not found");
        stranger.page().navigate(link);
        assertThat(stranger.page().locator("main")).containsText("has been used");
      }
      assertThat(knight.run("open").err()).contains("No service runs");
    }
  }

  private void assertWorksWithoutScripts(Program knight) {
    try (Window window = browsing.openWithoutScripts()) {
      window.login(knight);
      assertThat(window.page().locator("#waiting")).containsText("Nothing waits for you");
      assertThat(window.page().locator("#theme")).isHidden();
      window.page().locator("nav a", new Page.LocatorOptions().setHasText("History")).click();
      window.page().locator("#search").fill("nothing");
      window.page().locator("button", new Page.LocatorOptions().setHasText("Search")).click();
      assertThat(window.page().locator(".empty")).containsText("No job is like that");
      window.page().locator("button", new Page.LocatorOptions().setHasText("Log out")).click();
      assertThat(window.page().locator("h1")).hasText("Logged out");
    }
  }

  private static Locator row(Page page, String list, String text) {
    return page.locator(list + " .jobs li").filter(new FilterOptions().setHasText(text));
  }

  private static void search(Page page, String words) {
    page.navigate(page.url().replaceFirst("(//[^/]+)/.*", "$1/history"));
    page.keyboard().press("/");
    assertThat(page.locator("#search")).isFocused();
    page.keyboard().type(words);
    page.keyboard().press("Enter");
    page.waitForURL(url -> url.contains("text="));
  }

  /** Looks at every page as people of all kinds do, and returns what went wrong. */
  private static List<String> everyPage(Town town, Window window, String name) throws IOException {
    if (window.page().url().startsWith("about:")) {
      window.login(town.knight());
    }
    for (String path : PAGES) {
      window.visit(path);
      assertThat(window.page().locator("h1")).hasCount(1);
      window.assertForEverybody();
      window.assertFits();
      String page = path.equals("/") ? "now" : path.substring(1);
      window.photograph("%s-%s".formatted(page, name));
    }
    return window.troubles();
  }

  private static ModelAnswer script(ModelRequest request) {
    boolean asks =
        request.tools().contains("edit")
            && request.prompt().contains("note 3")
            && request.turn() == 0
            && !request.prompt().contains("Short, please.");
    return asks
        ? ModelAnswer.text(
            """
            ```json
            {"outcome": "question", "title": "", "summary": "", "question": "Short or long?", "default": ""}
            ```
            """)
        : Town.notes(request);
  }
}
