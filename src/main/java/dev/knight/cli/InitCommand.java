package dev.knight.cli;

import dev.knight.job.RepositoryName;
import dev.knight.setup.Answers;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code knight init}. */
@Command(
    name = "init",
    description = {
      "Set knight up: a few questions, each answer tried at once.",
      "Writes knight.yml and secrets.env, and starts knight. Run again, it offers what is set and"
          + " keeps what was written by hand. Every answer can be given by an option; no secret is"
          + " one. --yes asks nothing."
    })
final class InitCommand implements Callable<Integer> {
  private final KnightCommand knight;
  private final Program program;

  @Option(
      names = {"-y", "--yes"},
      description = "Ask nothing: take what is said, what is set, or what is usual.")
  private boolean isSilent;

  @Option(
      names = "--api-url",
      paramLabel = "URL",
      description = "GitHub Enterprise Server: https://HOST/api/v3.")
  private @Nullable URI apiUrl;

  @Option(
      names = "--sign-in",
      paramLabel = "BY",
      description = "How knight signs in to GitHub: keep (as it does now), gh, token or app.")
  private Answers.@Nullable SignIn signIn;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "The file that holds the token (chmod 600); it is read from there always.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--token-stdin",
      description = "The token is the first line of the input; goes into secrets.env.")
  private boolean isTokenTyped;

  @Option(names = "--app-id", paramLabel = "N", description = "A GitHub App: its number,")
  private @Nullable Long appId;

  @Option(
      names = "--app-installation-id",
      paramLabel = "N",
      description = "... the number of its installation,")
  private @Nullable Long appInstallation;

  @Option(
      names = "--app-key-file",
      paramLabel = "FILE",
      description = "... and the file with its private key (.pem, chmod 600).")
  private @Nullable Path appKey;

  @Option(
      names = {"-R", "--repository"},
      paramLabel = "OWNER/NAME",
      description = "What it works on; may be repeated.")
  private List<RepositoryName> repositories = new ArrayList<>();

  @Option(
      names = "--provider",
      paramLabel = "NAME",
      description = "Whose model: anthropic, openai, google, ..., or openai-compatible.")
  private @Nullable String provider;

  @Option(names = "--model", paramLabel = "NAME", description = "The model, as its provider says.")
  private @Nullable String model;

  @Option(
      names = "--base-url",
      paramLabel = "URL",
      description = "Where the model answers, if not at its provider's usual address.")
  private @Nullable URI baseUrl;

  @Option(
      names = "--model-key-file",
      paramLabel = "FILE",
      description = "The file that holds the model's key (chmod 600).")
  private @Nullable Path modelKeyFile;

  @Option(names = "--pi", paramLabel = "FILE", description = "The pi to use.")
  private @Nullable Path pi;

  @Option(
      names = "--run",
      paramLabel = "HOW",
      description = "How it runs then: terminal, service, docker or later.")
  private Answers.@Nullable Run run;

  InitCommand(KnightCommand knight, Program program) {
    this.knight = knight;
    this.program = program;
  }

  @Override
  public Integer call() {
    return program.init(
        knight.config(),
        new Answers(
            isSilent,
            new Answers.GitHub(
                Optional.ofNullable(apiUrl),
                Optional.ofNullable(signIn),
                Optional.ofNullable(tokenFile),
                isTokenTyped,
                new Answers.App(
                    Optional.ofNullable(appId),
                    Optional.ofNullable(appInstallation),
                    Optional.ofNullable(appKey))),
            repositories,
            new Answers.Model(
                Optional.ofNullable(provider),
                Optional.ofNullable(model),
                Optional.ofNullable(baseUrl),
                Optional.ofNullable(modelKeyFile)),
            Optional.ofNullable(pi),
            Optional.ofNullable(run)));
  }
}
