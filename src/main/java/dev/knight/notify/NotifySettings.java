package dev.knight.notify;

import dev.knight.job.Secret;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What the owner wants to be told, and how. Without a way nothing is told.
 *
 * @param on what is told
 * @param post the webhook, if there is one
 * @param command the program, if there is one
 * @param userAgent how knight calls itself
 */
public record NotifySettings(
    Set<Occasion> on, Optional<Post> post, Optional<Path> command, String userAgent) {
  /**
   * A webhook.
   *
   * @param url its address, which is often the key to it
   * @param format in whose words
   * @param secret what notices are signed with
   * @param token what is shown as a bearer token
   */
  public record Post(Secret url, Format format, Optional<Secret> secret, Optional<Secret> token) {}
}
