package dev.knight.metrics;

import java.time.Duration;

/** The borders of histograms. */
final class Buckets {
  /** Of what takes an agent from seconds to hours. */
  static final Duration[] WORK = {
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(15),
    Duration.ofSeconds(30),
    Duration.ofMinutes(1),
    Duration.ofMinutes(2),
    Duration.ofMinutes(5),
    Duration.ofMinutes(10),
    Duration.ofMinutes(20),
    Duration.ofMinutes(40),
    Duration.ofHours(1),
    Duration.ofHours(2)
  };

  private Buckets() {}
}
