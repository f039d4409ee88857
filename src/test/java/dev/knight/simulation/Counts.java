package dev.knight.simulation;

/** What happened in the worlds so far. */
record Counts(
    long worlds,
    long calls,
    long crashes,
    long lost,
    long pauses,
    long jumps,
    long jobs,
    long repeated) {
  static final Counts NOTHING = new Counts(0, 0, 0, 0, 0, 0, 0, 0);

  Counts plus(Counts more) {
    return new Counts(
        worlds + more.worlds,
        calls + more.calls,
        crashes + more.crashes,
        lost + more.lost,
        pauses + more.pauses,
        jumps + more.jumps,
        jobs + more.jobs,
        repeated + more.repeated);
  }
}
