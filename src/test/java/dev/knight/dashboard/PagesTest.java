package dev.knight.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.dashboard.Frame.Place;
import dev.knight.dashboard.Notices.Notice;
import java.net.URI;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PagesTest {
  private final Assets assets = new Assets();
  private final Notices notices = new Notices();
  private final Pages pages =
      new Pages(
          () -> assets,
          notices,
          new DashboardSettings("0.1.0", URI.create("https://github.com"), "knight"));

  @Test
  void a_page_says_once_what_came_of_a_form_and_only_what_knight_said() {
    URI there = pages.goOn("/jobs/7", new Notice("Job 7 is stopped.", false)).getLocation();
    String key = there.getQuery().substring("notice=".length());

    assertThat(there.getPath()).isEqualTo("/jobs/7");
    assertThat(pages.frame(Section.NOW, "Now", "", key).notice()).isEqualTo("Job 7 is stopped.");
    assertThat(pages.frame(Section.NOW, "Now", "", key).notice()).isEmpty();
    assertThat(pages.frame(Section.NOW, "Now", "", "Send me your money").notice()).isEmpty();
  }

  @Test
  void what_nobody_reads_is_forgotten() {
    String first = notices.keep(new Notice("first", false));
    for (int i = 0; i < 100; i++) {
      notices.keep(new Notice("more", false));
    }

    assertThat(notices.take(first)).isEmpty();
  }

  @Test
  void the_navigation_tells_where_one_is() {
    assertThat(pages.frame(Section.HISTORY, "History", "", null).places())
        .filteredOn(Place::isHere)
        .extracting(Place::path)
        .containsExactly("/history");
    assertThat(pages.bare("Not logged in").places()).isEmpty();
  }

  @Test
  void the_looks_are_found_by_a_name_that_changes_with_them() {
    Assets.Looks looks = assets.looks();

    assertThat(looks.stylesheet()).matches("/assets/knight\\.[0-9a-f]{16}\\.css");
    assertThat(assets.at(looks.stylesheet()).orElseThrow().text()).contains("--accent");
    assertThat(assets.at(looks.script()).orElseThrow().type()).isEqualTo("text/javascript");
    assertThat(assets.at("/assets/knight.0000000000000000.css")).isEmpty();
    assertThat(assets.at("/assets/../knight.css")).isEmpty();
  }
}
