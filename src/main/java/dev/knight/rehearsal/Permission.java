package dev.knight.rehearsal;

import java.util.Locale;

/** What an account may do in a repository, from nothing to everything. */
public enum Permission {
  NONE,
  READ,
  TRIAGE,
  WRITE,
  MAINTAIN,
  ADMIN;

  /** Whether this permission includes another. */
  public boolean includes(Permission other) {
    return compareTo(other) >= 0;
  }

  /** The word of GitHub's {@code role_name}. */
  String role() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The word of GitHub's older {@code permission}, which knows four of them. */
  String coarse() {
    return switch (this) {
      case NONE -> "none";
      case READ, TRIAGE -> "read";
      case WRITE, MAINTAIN -> "write";
      case ADMIN -> "admin";
    };
  }
}
