package dev.knight.rehearsal;

/** How much of its account's permissions a token carries. */
public enum TokenRight {
  /** Reading only: each write is refused, by the REST interface and by git alike. */
  READ,
  /** All that the account may do. */
  WRITE,
  /** The same by a fine-grained token, for which GitHub has no permission to read check runs. */
  FINE_GRAINED,
  /** The same, but that it sees nothing of what checks the commits. */
  NARROW;

  boolean seesChecks() {
    return this == READ || this == WRITE;
  }

  /** Whether it reads statuses, and runs and jobs of Actions. */
  boolean seesBuilds() {
    return this != NARROW;
  }
}
