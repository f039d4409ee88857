package dev.knight.git;

import dev.knight.job.JobId;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Repository;

/**
 * The name of a branch, without {@code refs/heads/}.
 *
 * @param value valid for git; at most 200 characters
 */
public record BranchName(String value) {
  private static final int LONGEST = 200;
  private static final int LONGEST_SLUG = 40;
  private static final Pattern NO_LETTER = Pattern.compile("[^a-z0-9]+");
  private static final Pattern MARK = Pattern.compile("\\p{M}+");

  public BranchName {
    boolean misleading =
        value.startsWith("-")
            || value.startsWith("refs/")
            || value.equals("HEAD")
            || value.equals("@");
    if (misleading
        || value.length() > LONGEST
        || !Repository.isValidRefName("refs/heads/" + value)) {
      throw new IllegalArgumentException("'%s' is not the name of a branch".formatted(value));
    }
  }

  /**
   * {@code knight/42-fix-the-pump}, the branch of an issue; without the words if there are none.
   */
  public static BranchName of(long issue, String title) {
    String slug = slug(title);
    return new BranchName("knight/" + issue + (slug.isEmpty() ? "" : "-" + slug));
  }

  /** {@code knight/job-7}, where the mirror keeps what {@code job} made and did not publish. */
  public static BranchName kept(JobId job) {
    return new BranchName("knight/job-" + job);
  }

  private static String slug(String title) {
    String plain = MARK.matcher(Normalizer.normalize(title, Normalizer.Form.NFKD)).replaceAll("");
    StringBuilder slug = new StringBuilder();
    for (String word :
        NO_LETTER.splitAsStream(plain.toLowerCase(Locale.ROOT).replace("ß", "ss")).toList()) {
      if (word.isEmpty()) {
        continue;
      }
      if (slug.isEmpty()) {
        slug.append(word, 0, Math.min(word.length(), LONGEST_SLUG));
      } else if (slug.length() + 1 + word.length() <= LONGEST_SLUG) {
        slug.append('-').append(word);
      } else {
        break;
      }
    }
    return slug.toString();
  }

  String ref() {
    return "refs/heads/" + value;
  }

  @Override
  public String toString() {
    return value;
  }
}
