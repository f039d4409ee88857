package dev.knight.github;

import dev.knight.job.Secret;
import java.util.Optional;

/** Where the token comes from. It may be another one at each call. */
@FunctionalInterface
public interface TokenSource {

  /**
   * The token to use now.
   *
   * @throws dev.knight.job.MisconfiguredException when there is none
   * @throws dev.knight.job.UnavailableException when there is none at the moment
   */
  Secret token();

  /** GitHub did not accept {@code token}: where there is a way to another one, it is taken. */
  default void refused(Secret token) {}

  /**
   * The login of the account that acts, where GitHub does not say it of the token itself: a GitHub
   * App's.
   */
  default Optional<String> login() {
    return Optional.empty();
  }
}
