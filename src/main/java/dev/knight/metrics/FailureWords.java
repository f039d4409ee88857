package dev.knight.metrics;

import dev.knight.job.Failure;
import java.util.List;

/** The classes of failures, as labels say them. */
final class FailureWords {
  /** All of them. */
  static final List<String> ALL = List.of("own", "outage", "requester", "operator", "bug");

  private FailureWords() {}

  static String of(Failure failure) {
    return switch (failure) {
      case Failure.Own _ -> "own";
      case Failure.Outage _ -> "outage";
      case Failure.Requester _ -> "requester";
      case Failure.Operator _ -> "operator";
      case Failure.Bug _ -> "bug";
    };
  }
}
