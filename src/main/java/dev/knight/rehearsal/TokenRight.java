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
  NARROW,
  /** An installation of a GitHub App. */
  INSTALLATION,
  /** A GitHub App itself, which has its installations' tokens made, and nothing else. */
  APP;

  boolean seesChecks() {
    return this == READ || this == WRITE || this == INSTALLATION;
  }

  /** Whether it pushes, and changes through GraphQL. */
  boolean isWhole() {
    return this == WRITE || this == INSTALLATION;
  }

  /** Whether GitHub tells with each answer what it may do. */
  boolean hasScopes() {
    return this == READ || this == WRITE;
  }

  /** Whether it is a person's or a machine account's, and no App's. */
  boolean isPersonal() {
    return this != INSTALLATION && this != APP;
  }

  /** Whether it reads statuses, and runs and jobs of Actions. */
  boolean seesBuilds() {
    return this != NARROW && this != APP;
  }
}
