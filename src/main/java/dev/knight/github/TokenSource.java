package dev.knight.github;

import dev.knight.job.Secret;

/** Where the token comes from. It may be another one at each call. */
@FunctionalInterface
public interface TokenSource {

  /**
   * The token to use now.
   *
   * @throws dev.knight.job.MisconfiguredException when there is none
   */
  Secret token();
}
