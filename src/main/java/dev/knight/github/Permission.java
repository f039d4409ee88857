package dev.knight.github;

/** What a person may do with a repository, from least to most. */
public enum Permission {
  NONE,
  READ,
  TRIAGE,
  WRITE,
  MAINTAIN,
  ADMIN;

  /** Whether this is {@code least} or more. */
  public boolean isAtLeast(Permission least) {
    return compareTo(least) >= 0;
  }

  /**
   * Reads GitHub's pair of words. {@code permission} decides, and {@code role} only tells the two
   * finer grades apart: a custom role may bear any name. What is not known is nothing.
   */
  static Permission of(String permission, String role) {
    return switch (permission) {
      case "admin" -> ADMIN;
      case "write" -> role.equals("maintain") ? MAINTAIN : WRITE;
      case "read" -> role.equals("triage") ? TRIAGE : READ;
      default -> NONE;
    };
  }
}
