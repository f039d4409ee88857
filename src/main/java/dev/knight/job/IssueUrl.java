package dev.knight.job;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of an issue or pull request page, as a person copies it from the browser.
 *
 * @param host the host that the page is on, with the port if one is written
 * @param subject the issue or pull request
 */
public record IssueUrl(String host, Subject subject) {
  private static final Pattern PATH =
      Pattern.compile("/([^/]+)/([^/]+)/(?:issues|pull)/([0-9]{1,9})(?:/.*)?");

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException with a sentence for the person who wrote it
   */
  public static IssueUrl parse(String text) {
    try {
      URI uri = new URI(text.strip());
      Matcher path = PATH.matcher(uri.getRawPath() == null ? "" : uri.getRawPath());
      if (uri.getRawAuthority() != null && path.matches()) {
        RepositoryName repository = new RepositoryName(path.group(1), path.group(2));
        return new IssueUrl(
            uri.getRawAuthority(), new Subject(repository, Long.parseLong(path.group(3))));
      }
    } catch (URISyntaxException | IllegalArgumentException notAnAddress) {
      throw new IllegalArgumentException(sentence(text), notAnAddress);
    }
    throw new IllegalArgumentException(sentence(text));
  }

  private static String sentence(String text) {
    return "'%s' is not the address of an issue; write https://github.com/owner/name/issues/1"
        .formatted(text);
  }
}
