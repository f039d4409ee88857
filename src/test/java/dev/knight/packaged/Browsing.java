package dev.knight.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/**
 * A real Chromium, for the tests of the dashboard. It starts in seconds: once for a class. It and
 * its windows belong to the thread that made them.
 */
final class Browsing implements AutoCloseable {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  /** What a browser does besides what it is told would only get in the way. */
  private static final List<String> QUIET =
      List.of(
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private final Playwright playwright;
  private final Browser browser;

  private Browsing(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /** Starts it. */
  static Browsing start() {
    String chromium = System.getProperty("test.chromium", "");
    assertThat(chromium).as("run the tests by scripts/test, which finds a Chromium").isNotBlank();
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions()
                .setEnv(
                    Map.of(
                        "PLAYWRIGHT_NODEJS_PATH",
                        node().toString(),
                        "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                        "1")));
    List<String> flags =
        isRoot() ? Stream.concat(QUIET.stream(), Stream.of("--no-sandbox")).toList() : QUIET;
    Browser browser =
        playwright
            .chromium()
            .launch(new LaunchOptions().setExecutablePath(Path.of(chromium)).setArgs(flags));
    PlaywrightAssertions.setDefaultAssertionTimeout((double) Program.PATIENCE.toMillis());
    return new Browsing(playwright, browser);
  }

  /** Playwright brings a Node of its own for each platform, and this build leaves them out. */
  private static Path node() {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(directory -> Path.of(directory, "node"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no node on the PATH"));
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  /** How large a window is. */
  enum Size {
    DESK(1280, 860),
    PHONE(360, 740);

    private final int width;
    private final int height;

    Size(int width, int height) {
      this.width = width;
      this.height = height;
    }
  }

  /** A window of somebody who has never been here. */
  Window open(Size size, ColorScheme theme) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(size.width, size.height)
                .setColorScheme(theme));
    context.setDefaultTimeout((double) Program.PATIENCE.toMillis());
    return new Window(context, context.newPage());
  }

  /** One in which no page's script is run. */
  Window openWithoutScripts() {
    BrowserContext context =
        browser.newContext(new Browser.NewContextOptions().setJavaScriptEnabled(false));
    context.setDefaultTimeout((double) Program.PATIENCE.toMillis());
    return new Window(context, context.newPage());
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }

  /** A window, which remembers what went wrong in it. */
  static final class Window implements AutoCloseable {
    private final BrowserContext context;
    private final Page page;
    private final Queue<String> troubles = new ConcurrentLinkedQueue<>();

    private Window(BrowserContext context, Page page) {
      this.context = context;
      this.page = page;
      page.onConsoleMessage(this::heard);
      page.onPageError(troubles::add);
      page.onRequestFailed(this::failed);
      page.onResponse(this::answered);
    }

    /** The page in it, in Playwright's words. */
    Page page() {
      return page;
    }

    /** Comes in by {@code knight open}, and waits for the page that it leads to. */
    void login(Program knight) {
      page.navigate(knight.run("open", "--print").out().strip());
      page.waitForURL(url -> url.endsWith("/"));
    }

    /** Goes to {@code path} of the service. */
    void visit(String path) {
      page.navigate(page.evaluate("location.origin") + path);
    }

    /** What went wrong since this was last asked: on the console, in scripts, on the network. */
    List<String> troubles() {
      List<String> all = List.copyOf(troubles);
      troubles.clear();
      return all;
    }

    /** Nothing of the page keeps anybody out, as far as a program can tell. */
    void assertForEverybody() {
      List<Rule> broken = new AxeBuilder(page).setLegacyMode(true).analyze().getViolations();
      assertThat(broken)
          .as("what axe finds on %s", page.url())
          .filteredOn(rule -> List.of("serious", "critical").contains(rule.getImpact()))
          .extracting(rule -> rule.getId() + ": " + rule.getNodes())
          .isEmpty();
    }

    /** The page is not wider than the window. */
    void assertFits() {
      assertThat(page.evaluate("document.documentElement.scrollWidth - innerWidth"))
          .as("how much %s is too wide", page.url())
          .isEqualTo(0);
    }

    /** Keeps a picture of the whole page in {@code target/screenshots}. */
    void photograph(String name) throws IOException {
      Files.createDirectories(SCREENSHOTS);
      page.screenshot(
          new Page.ScreenshotOptions()
              .setFullPage(true)
              .setPath(SCREENSHOTS.resolve(name + ".png")));
    }

    private void heard(ConsoleMessage message) {
      if (List.of("error", "warning").contains(message.type())) {
        troubles.add(message.type() + ": " + message.text());
      }
    }

    /** A stream that ends because the page is left is no trouble. */
    private void failed(Request request) {
      String reason = Optional.ofNullable(request.failure()).orElse("");
      if (!reason.contains("ERR_ABORTED")) {
        troubles.add("failed: %s %s".formatted(request.url(), reason));
      }
    }

    private void answered(Response response) {
      if (response.status() >= 400) {
        troubles.add("%d: %s".formatted(response.status(), response.url()));
      }
    }

    @Override
    public void close() {
      context.close();
    }
  }
}
