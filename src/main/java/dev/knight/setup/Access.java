package dev.knight.setup;

import dev.knight.github.GitHubSettings;
import dev.knight.github.TokenSource;

/**
 * How GitHub is reached, once it has been tried.
 *
 * @param settings which GitHub
 * @param tokens what is shown to it
 * @param login who knight is there
 */
record Access(GitHubSettings settings, TokenSource tokens, String login) {

  /** A page of it for people. */
  String page(String path) {
    return settings.apiUrl().getScheme() + "://" + settings.webAuthority() + path;
  }

  /** What is written after the {@code @}: GitHub itself links an App without its ending. */
  String mention() {
    return "@" + login.replace("[bot]", "");
  }
}
