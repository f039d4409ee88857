package dev.knight.dashboard;

import java.util.List;

/**
 * A changed file.
 *
 * @param id of its element
 * @param kind {@code added}, {@code modified} or {@code deleted}
 * @param isOpen whether its lines are unfolded at first
 * @param note why not all of it is shown, or empty
 */
record FileSheet(
    String id,
    String path,
    String kind,
    long added,
    long deleted,
    boolean isOpen,
    String note,
    List<CodeLine> lines) {}
