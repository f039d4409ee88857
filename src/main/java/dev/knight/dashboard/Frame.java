package dev.knight.dashboard;

import dev.knight.dashboard.Assets.Looks;
import java.util.List;

/**
 * What stands around every page.
 *
 * @param title what the page is about
 * @param places the navigation; empty where nobody is logged in
 * @param live where what changes is told, or empty
 * @param notice what came of what was just done, or empty
 * @param isProblem whether that went wrong
 * @param looks where the page's looks are
 * @param version of knight
 */
record Frame(
    String title,
    List<Place> places,
    String live,
    String notice,
    boolean isProblem,
    Looks looks,
    String version) {

  /**
   * A place of the navigation.
   *
   * @param isHere whether the page belongs to it
   */
  record Place(String path, String label, boolean isHere) {}
}
