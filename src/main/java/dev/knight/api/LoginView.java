package dev.knight.api;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * A way into the dashboard for one browser.
 *
 * @param path where the browser goes on the service; it works once
 * @param publicUrl how browsers reach the service, if not at the address that it listens on
 * @param expiresAt until when
 */
public record LoginView(String path, Optional<URI> publicUrl, Instant expiresAt) {
  /** Where one is asked for. */
  public static final String PATH = "/api/v1/logins";
}
