package dev.knight.github;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code Link} header: where the next page is. */
final class Links {
  private static final Pattern NEXT = Pattern.compile("<([^<>]{1,2000})>\\s*;\\s*rel=\"next\"");

  private Links() {}

  /**
   * The address of the next page.
   *
   * @throws dev.knight.job.UnavailableException when it is on another host, where the token must
   *     not go
   */
  static Optional<URI> next(HttpReply reply, GitHubSettings settings) {
    Matcher next = NEXT.matcher(reply.header("link").orElse(""));
    return next.find() ? Optional.of(onApi(next.group(1), settings)) : Optional.empty();
  }

  private static URI onApi(String address, GitHubSettings settings) {
    try {
      URI uri = URI.create(address);
      if (settings.isOnApi(uri)) {
        return uri;
      }
    } catch (IllegalArgumentException notAnAddress) {
      throw Fields.unusable("link");
    }
    throw Fields.unusable("link");
  }
}
