package dev.knight.github;

import dev.knight.job.MisconfiguredException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Which GitHub to talk to, and how.
 *
 * @param apiUrl the root of its API, without a slash at the end; {@code https}, or {@code http} on
 *     this machine
 * @param userAgent what knight calls itself: GitHub refuses the nameless
 * @param retryDelay how long to wait before a read is repeated after something that passes by
 *     itself; the second repetition waits twice as long
 */
public record GitHubSettings(URI apiUrl, String userAgent, Duration retryDelay) {

  public GitHubSettings {
    apiUrl = withoutSlash(apiUrl);
    boolean safe =
        "https".equals(apiUrl.getScheme())
            || ("http".equals(apiUrl.getScheme()) && isLoopback(apiUrl));
    boolean plain =
        apiUrl.getRawUserInfo() == null
            && apiUrl.getRawQuery() == null
            && apiUrl.getRawFragment() == null;
    if (apiUrl.getHost() == null || !safe || !plain) {
      throw new MisconfiguredException(
          "knight.github.api-url is not the address of an API; write https://api.github.com or"
              + " https://HOST/api/v3 (plain http only for this machine).");
    }
  }

  /** The settings for real use, by knight of version {@code version}. */
  public static GitHubSettings of(URI apiUrl, String version) {
    return new GitHubSettings(apiUrl, "knight/" + version, Duration.ofSeconds(1));
  }

  /**
   * The host that its pages and git are on, with the port if it is not the usual one: {@code
   * github.com} for {@code https://api.github.com}, {@code HOST} for {@code https://HOST/api/v3}.
   */
  public String webAuthority() {
    String authority = apiUrl.getRawAuthority().toLowerCase(Locale.ROOT);
    boolean apart = authority.startsWith("api.") && !isEnterpriseServer();
    return apart ? authority.substring("api.".length()) : authority;
  }

  /** Whether {@code uri} is a page or clone address of this GitHub, safe to show and to fetch. */
  boolean isOnWeb(URI uri) {
    return apiUrl.getScheme().equals(uri.getScheme())
        && webAuthority().equalsIgnoreCase(uri.getRawAuthority());
  }

  /** Whether {@code uri} is part of the API, so that it may be shown the token. */
  boolean isOnApi(URI uri) {
    return apiUrl.getScheme().equals(uri.getScheme())
        && apiUrl.getRawAuthority().equalsIgnoreCase(uri.getRawAuthority());
  }

  private boolean isEnterpriseServer() {
    return Optional.ofNullable(apiUrl.getRawPath()).orElse("").startsWith("/api/");
  }

  private static boolean isLoopback(URI uri) {
    String host = Optional.ofNullable(uri.getHost()).orElse("");
    return host.equals("localhost")
        || host.equals("[::1]")
        || host.matches("127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}");
  }

  private static URI withoutSlash(URI uri) {
    String text = uri.toString();
    return text.endsWith("/") ? URI.create(text.replaceAll("/+$", "")) : uri;
  }
}
