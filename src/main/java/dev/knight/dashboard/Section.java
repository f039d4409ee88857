package dev.knight.dashboard;

/** A place of the navigation. */
enum Section {
  NOW("/", "Now"),
  HISTORY("/history", "History"),
  REPOSITORIES("/repositories", "Repositories"),
  COSTS("/costs", "Costs"),
  SETTINGS("/settings", "Settings");

  private final String path;
  private final String label;

  Section(String path, String label) {
    this.path = path;
    this.label = label;
  }

  String path() {
    return path;
  }

  String label() {
    return label;
  }
}
