package dev.knight.job;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A repository as GitHub names it, {@code owner/name}. Both parts are safe as path segments:
 * neither can be {@code .}, {@code ..} or {@code .git}. Two names that differ in case alone are
 * equal, as on GitHub.
 */
public record RepositoryName(String owner, String name) {
  private static final Pattern OWNER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,38}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

  public RepositoryName {
    String lower = name.toLowerCase(Locale.ROOT);
    boolean reserved = lower.equals(".") || lower.equals("..") || lower.endsWith(".git");
    if (!OWNER.matcher(owner).matches() || !NAME.matcher(name).matches() || reserved) {
      throw new IllegalArgumentException(
          "'%s/%s' is not a repository name; write owner/name".formatted(owner, name));
    }
  }

  /**
   * Reads {@code owner/name}.
   *
   * @throws IllegalArgumentException with a sentence for the person who wrote it
   */
  public static RepositoryName parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException(
          "'%s' is not a repository name; write owner/name".formatted(text));
    }
    return new RepositoryName(text.substring(0, slash), text.substring(slash + 1));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RepositoryName that && key().equals(that.key());
  }

  @Override
  public int hashCode() {
    return key().hashCode();
  }

  /** The name as it is compared and stored: in lower case. */
  public String key() {
    return toString().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return owner + "/" + name;
  }
}
