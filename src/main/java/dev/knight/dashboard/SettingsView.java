package dev.knight.dashboard;

import java.util.List;

/**
 * What the service goes by.
 *
 * @param set what somebody set, or would be set after a restart, by what it is about
 * @param standard the others
 * @param standards how many those are
 * @param trouble why a start would fail now, or empty
 * @param changed how many would hold otherwise after a restart
 */
record SettingsView(
    List<Group> set, List<Group> standard, int standards, String trouble, int changed) {

  /** The settings whose keys begin alike. */
  record Group(String name, List<SettingsInForce.Line> lines) {}
}
