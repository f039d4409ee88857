package dev.knight.setup;

import dev.knight.job.RepositoryName;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What was answered before it was asked, by flags.
 *
 * @param isSilent whether nobody shall be asked: what is usual is taken
 * @param gitHub how knight signs in
 * @param repositories what it works on; none if that was not said
 * @param model who thinks
 * @param pi the pi to use
 * @param run how knight runs afterwards
 */
public record Answers(
    boolean isSilent,
    GitHub gitHub,
    List<RepositoryName> repositories,
    Model model,
    Optional<Path> pi,
    Optional<Run> run) {
  public Answers {
    repositories = List.copyOf(repositories);
  }

  /**
   * How knight signs in to GitHub.
   *
   * @param apiUrl where its API is
   * @param by with what
   * @param tokenFile the file that holds the token, also from now on
   * @param isTokenTyped whether the token is the first line of the input
   * @param app a GitHub App
   */
  public record GitHub(
      Optional<URI> apiUrl,
      Optional<SignIn> by,
      Optional<Path> tokenFile,
      boolean isTokenTyped,
      App app) {}

  /** A GitHub App: its number, that of its installation, the file with its key. */
  public record App(Optional<Long> id, Optional<Long> installation, Optional<Path> key) {
    /** Whether any of it was said. */
    boolean isSaid() {
      return id.isPresent() || installation.isPresent() || key.isPresent();
    }
  }

  /** The model: as in {@code knight.model}. */
  public record Model(
      Optional<String> provider,
      Optional<String> name,
      Optional<URI> baseUrl,
      Optional<Path> keyFile) {}

  /** What knight signs in to GitHub with. */
  public enum SignIn {
    /** What is set already. */
    KEEP,
    /** The token of {@code gh}. */
    GH,
    /** A token that somebody gives. */
    TOKEN,
    /** A GitHub App. */
    APP
  }

  /** How knight runs once it is set up. */
  public enum Run {
    /** Here and now, until Ctrl-C. */
    TERMINAL,
    /** As a service of the user's systemd. */
    SERVICE,
    /** In a container. */
    DOCKER,
    /** Not yet. */
    LATER
  }
}
