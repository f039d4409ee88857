package dev.knight.web;

import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.NewCookie.SameSite;

/**
 * What a browser shows to be let in.
 *
 * <p>A cookie belongs to a host, whatever the port: the port is in the name, so that two services
 * of one machine do not send each other's browsers away.
 */
final class LoginCookie {
  private static final String NAME = "knight";

  private LoginCookie() {}

  /** Its name where {@code authority} is how the service was reached. */
  static String name(String authority) {
    int colon = authority.lastIndexOf(':');
    boolean hasPort = colon > authority.lastIndexOf(']');
    return hasPort ? NAME + "-" + authority.substring(colon + 1) : NAME;
  }

  /** One that says {@code shown}, and is never sent unencrypted if {@code secure}. */
  static NewCookie of(String authority, String shown, boolean secure) {
    return made(authority, secure).value(shown).maxAge((int) Logins.STAY.toSeconds()).build();
  }

  /** One that takes it back. */
  static NewCookie none(String authority, boolean secure) {
    return made(authority, secure).value("").maxAge(0).build();
  }

  private static NewCookie.Builder made(String authority, boolean secure) {
    return new NewCookie.Builder(name(authority))
        .version(0) // the newer ones are no browser's
        .path("/")
        .httpOnly(true)
        .secure(secure)
        .sameSite(SameSite.STRICT);
  }
}
