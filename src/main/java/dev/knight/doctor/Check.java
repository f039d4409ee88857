package dev.knight.doctor;

import java.io.IOException;
import java.util.List;

/** Looks at one thing that knight needs. It changes nothing. */
public interface Check {
  /** The id of its result, or what the ids of its results begin with. */
  String id();

  /** What it looks at, in a few words for people. */
  String title();

  /**
   * Looks.
   *
   * @return what was found, in a fixed order; nothing if it does not concern this machine
   */
  List<Result> look() throws IOException;
}
