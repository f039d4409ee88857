package dev.knight.api;

import java.util.List;

/** How people are told of jobs where they are: see {@code knight.notify}. */
public interface Notices {
  /** Where a test is asked for. */
  String TEST = "/api/v1/notices/test";

  /** Sends a sample on every way, and says what came of each. */
  List<TriedNotice> tryOut();
}
