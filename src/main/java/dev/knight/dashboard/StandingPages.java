package dev.knight.dashboard;

import dev.knight.api.DoorPages;
import jakarta.inject.Singleton;

/** The pages of the door, in the looks of all others. */
@Singleton
final class StandingPages implements DoorPages {
  private static final int LOGGED_OUT = 401;
  private static final int MISSING = 404;

  private final Pages pages;

  StandingPages(Pages pages) {
    this.pages = pages;
  }

  @Override
  public String problem(int status, String sentence) {
    String title =
        switch (status) {
          case LOGGED_OUT -> "Not logged in";
          case MISSING -> "Not found";
          default -> "That did not work";
        };
    return Templates.problem(pages.bare(title), sentence).render();
  }

  @Override
  public String welcome() {
    return Templates.farewell(pages.bare("Logged in"), "The dashboard opens.").render();
  }

  @Override
  public String goodbye() {
    return Templates.farewell(
            pages.bare("Logged out"),
            "This browser is not let in any more. To come back: knight open")
        .render();
  }
}
