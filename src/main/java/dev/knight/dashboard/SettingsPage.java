package dev.knight.dashboard;

import dev.knight.dashboard.SettingsInForce.Line;
import dev.knight.dashboard.SettingsInForce.Listing;
import dev.knight.dashboard.SettingsView.Group;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code /settings}: each setting, what holds, and where it comes from. */
@Singleton
@Path("/settings")
final class SettingsPage {
  private final Pages pages;
  private final SettingsInForce settings;

  SettingsPage(Pages pages, SettingsInForce settings) {
    this.pages = pages;
    this.settings = settings;
  }

  @GET
  @Produces(MediaType.TEXT_HTML)
  @Operation(hidden = true)
  public String show() {
    return Templates.settings(
            pages.frame(Section.SETTINGS, "Settings", "", null), view(settings.read()))
        .render();
  }

  static SettingsView view(Listing listing) {
    List<Line> set = listing.lines().stream().filter(SettingsPage::isSet).toList();
    List<Line> standard = listing.lines().stream().filter(line -> !isSet(line)).toList();
    return new SettingsView(
        groups(set),
        groups(standard),
        standard.size(),
        listing.trouble(),
        (int) listing.lines().stream().filter(line -> !line.next().isEmpty()).count());
  }

  private static boolean isSet(Line line) {
    return !line.source().isEmpty() || !line.next().isEmpty();
  }

  private static List<Group> groups(List<Line> lines) {
    Map<String, List<Line>> groups = new LinkedHashMap<>();
    for (Line line : lines) {
      groups.computeIfAbsent(group(line.key()), _ -> new ArrayList<>()).add(plain(line));
    }
    return groups.entrySet().stream().map(it -> new Group(it.getKey(), it.getValue())).toList();
  }

  /** The second word of a key; those of one word more stand alone, and stand together here. */
  private static String group(String key) {
    String[] words = key.split("\\.", -1);
    return words.length > 2 ? words[1] : "general";
  }

  /** Without the signs of the documentation, and the links, which lead to nothing here. */
  private static Line plain(Line line) {
    String meaning = line.meaning().replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1").replace("`", "");
    return new Line(line.key(), line.value(), line.source(), line.next(), meaning);
  }
}
