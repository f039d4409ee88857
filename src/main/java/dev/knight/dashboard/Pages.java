package dev.knight.dashboard;

import dev.knight.dashboard.Frame.Place;
import dev.knight.dashboard.Notices.Notice;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What every page is made with. A page is a template that includes {@code dashboard/layout}, with a
 * {@code frame} and, where it shows something, a {@code view}:
 *
 * <pre>
 *   Frame frame = pages.frame(Section.NOW, "Now").live("/live/now")...
 *   return Templates.now(frame, view).render();
 * </pre>
 */
@Singleton
final class Pages {
  /** The parameter of an address that names what the page is to say once. */
  static final String NOTICE = "notice";

  private final Provider<Assets> assets;
  private final Notices notices;
  private final DashboardSettings settings;

  Pages(Provider<Assets> assets, Notices notices, DashboardSettings settings) {
    this.assets = assets; // asked for late: many a service shows nobody a page
    this.notices = notices;
    this.settings = settings;
  }

  /**
   * The frame of a page.
   *
   * @param section the place of the navigation that it belongs to
   * @param title what it is about
   * @param live the path of a {@link LivePages} stream that tells what changes, or empty
   * @param notice what the address says in {@link #NOTICE}
   */
  Frame frame(Section section, String title, String live, @Nullable String notice) {
    List<Place> places =
        Arrays.stream(Section.values())
            .map(it -> new Place(it.path(), it.label(), it == section))
            .toList();
    Optional<Notice> said = Optional.ofNullable(notice).flatMap(notices::take);
    return new Frame(
        title,
        places,
        live,
        said.map(Notice::sentence).orElse(""),
        said.filter(Notice::isProblem).isPresent(),
        assets.get().looks(),
        settings.version());
  }

  /** The frame of what is shown to those who may be nobody. */
  Frame bare(String title) {
    return new Frame(title, List.of(), "", "", false, assets.get().looks(), settings.version());
  }

  /**
   * Where a form leads: to {@code path}, which says {@code notice} once. The framework would name
   * the whole address, and nobody tells it of a proxy that encrypts: a browser refuses to go there.
   */
  Response goOn(String path, Notice notice) {
    String mark = path.contains("?") ? "&" : "?";
    return Response.status(Response.Status.SEE_OTHER)
        .header(HttpHeaders.LOCATION, path + mark + NOTICE + "=" + notices.keep(notice))
        .type(MediaType.TEXT_HTML_TYPE)
        .build();
  }
}
