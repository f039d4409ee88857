package dev.knight.packaged;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator.FilterOptions;
import com.microsoft.playwright.options.ColorScheme;
import dev.knight.packaged.Browsing.Size;
import dev.knight.packaged.Browsing.Window;
import dev.knight.packaged.Program.Service;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard in a real browser, over a service that works. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DashboardIT {
  @TempDir private Path home;

  @Test
  void a_person_looks_on_and_acts_in_the_browser() throws Exception {
    try (Town town = new Town(home, Town::notes);
        Service _ = town.knight().serve();
        Browsing browsing = Browsing.start();
        Window window = browsing.open(Size.DESK, ColorScheme.LIGHT)) {
      window.login(town.knight());
      assertThat(window.page().locator("#link")).hasText("Live");
      town.ask(1);
      assertThat(window.page().locator("#running .jobs li")).hasCount(1);
      assertThat(
              window
                  .page()
                  .locator("#ended .jobs li")
                  .filter(new FilterOptions().setHasText("Add note 1")))
          .hasCount(1);
      window.assertForEverybody();
      window.photograph("now-light");
      assertThat(window.troubles()).isEmpty();
    }
  }
}
