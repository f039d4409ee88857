package dev.knight.setup;

import dev.knight.doctor.GitHubSite;
import dev.knight.doctor.Result;
import dev.knight.doctor.Result.Verdict;
import dev.knight.doctor.TokenCheck;
import dev.knight.doctor.Web;
import dev.knight.github.AppKey;
import dev.knight.github.AppTokens;
import dev.knight.github.GitHubSettings;
import dev.knight.github.RestGitHub;
import dev.knight.github.TokenSource;
import dev.knight.github.Waiter;
import dev.knight.home.OtherProgram;
import dev.knight.home.OtherProgram.Ended;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.Secret;
import dev.knight.job.UnavailableException;
import dev.knight.setup.Answers.SignIn;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How knight signs in to GitHub: asked, tried at once, and told what that may do. */
final class GitHubStep {
  static final String API_URL = "knight.github.api-url";
  static final String TOKEN = "knight.github.token";
  static final String TOKEN_FILE = "knight.github.token-file";
  private static final String APP_ID = "knight.github.app.id";
  private static final String APP_INSTALLATION = "knight.github.app.installation-id";
  static final String APP_KEY = "knight.github.app.private-key-file";
  private static final URI USUAL = URI.create("https://api.github.com");
  private static final Duration GH_PATIENCE = Duration.ofSeconds(20);

  private static final Question BY =
      new Question("How does knight sign in to GitHub?", "--sign-in gh, token or app");
  private static final Question PASTE =
      new Question("The token (nobody sees it)", "--token-file FILE or --token-stdin");

  private final Asker asker;
  private final Voice voice;
  private final House house;
  private final Web web;
  private final Circumstances here;

  GitHubStep(Asker asker, Voice voice, House house, Web web, Circumstances here) {
    this.asker = asker;
    this.voice = voice;
    this.house = house;
    this.web = web;
    this.here = here;
  }

  /** What was chosen: the settings with it, and what it shows to GitHub. */
  private record Candidate(Draft draft, TokenSource tokens) {}

  /** The settings with how knight signs in, and the way to GitHub. */
  record Done(Draft draft, Access access) {}

  /**
   * Asks until it works.
   *
   * @throws MisconfiguredException if it does not, and nobody can be asked again
   */
  Done ask(Draft draft, Answers.GitHub answers, Optional<String> typed) {
    voice.heading("GitHub");
    Draft begun = answers.apiUrl().map(url -> draft.with(API_URL, url.toString())).orElse(draft);
    URI api = begun.value(API_URL).map(URI::create).orElse(USUAL);
    GitHubSettings settings = GitHubSettings.of(api, here.version());
    Answers.GitHub left = answers;
    while (true) {
      try {
        Candidate candidate = candidate(begun, settings, left, typed);
        return new Done(candidate.draft, tried(settings, candidate.tokens));
      } catch (MisconfiguredException | UnavailableException wrong) {
        if (!asker.isPerson()) {
          throw wrong;
        }
        voice.bad(String.valueOf(wrong.getMessage()));
        left =
            new Answers.GitHub(
                answers.apiUrl(),
                Optional.empty(),
                Optional.empty(),
                false,
                new Answers.App(Optional.empty(), Optional.empty(), Optional.empty()));
      }
    }
  }

  private Candidate candidate(
      Draft draft, GitHubSettings settings, Answers.GitHub answers, Optional<String> typed) {
    if (answers.tokenFile().isPresent()) {
      return file(draft, answers.tokenFile().get().toAbsolutePath());
    }
    if (answers.isTokenTyped()) {
      return token(draft, new Secret(typed.orElseThrow(PASTE::unanswered)));
    }
    Optional<Secret> gh = gh(settings);
    SignIn by =
        answers
            .by()
            .or(() -> answers.app().isSaid() ? Optional.of(SignIn.APP) : Optional.empty())
            .orElseGet(() -> by(draft, gh));
    return switch (by) {
      case KEEP -> kept(draft, settings);
      case GH -> token(draft, gh.orElseThrow(GitHubStep::noGh));
      case TOKEN -> {
        hint(settings);
        yield token(draft, asker.secret(PASTE));
      }
      case APP -> app(draft, settings, answers.app());
    };
  }

  private SignIn by(Draft draft, Optional<Secret> gh) {
    List<Choice<SignIn>> choices = new ArrayList<>();
    Optional<String> present = present(draft);
    present.ifPresent(what -> choices.add(new Choice<>(SignIn.KEEP, "As it does now", what)));
    if (gh.isPresent()) {
      choices.add(
          new Choice<>(
              SignIn.GH, "With the token of gh", "as you: its comments would be in your name"));
    }
    choices.add(
        new Choice<>(
            SignIn.TOKEN, "With a token that I paste", "best of an account of knight's own"));
    choices.add(new Choice<>(SignIn.APP, "As a GitHub App", "for organizations"));
    boolean hasUsual = present.isPresent() || gh.isPresent();
    return asker.choose(
        BY, choices, hasUsual || asker.isPerson() ? Optional.of(0) : Optional.empty());
  }

  private static Optional<String> present(Draft draft) {
    if (draft.fromEnvironment(TOKEN).isPresent()) {
      return Optional.of("the token in the environment");
    }
    return draft
        .value(TOKEN)
        .map(_ -> "the token in secrets.env or knight.yml")
        .or(() -> draft.value(TOKEN_FILE).map("the token in %s"::formatted))
        .or(() -> draft.value(APP_ID).map("GitHub App %s"::formatted));
  }

  private Candidate kept(Draft draft, GitHubSettings settings) {
    Optional<String> token = draft.value(TOKEN);
    if (draft.fromEnvironment(TOKEN).isPresent()) {
      voice.doubtful("that token is in this environment alone: a service would not have it");
    }
    if (token.isPresent()) {
      Secret secret = new Secret(token.get());
      return new Candidate(draft, () -> secret);
    }
    Optional<String> file = draft.value(TOKEN_FILE);
    if (file.isPresent()) {
      Secret secret = house.secret(TOKEN_FILE, Path.of(file.get()));
      return new Candidate(draft, () -> secret);
    }
    return app(
        draft, settings, new Answers.App(Optional.empty(), Optional.empty(), Optional.empty()));
  }

  private static Candidate token(Draft draft, Secret token) {
    return new Candidate(withoutApp(draft).without(TOKEN_FILE).with(TOKEN, token), () -> token);
  }

  private Candidate file(Draft draft, Path file) {
    Secret token = house.secret("--token-file", file);
    return new Candidate(
        withoutApp(draft).without(TOKEN).with(TOKEN_FILE, file.toString()), () -> token);
  }

  private Candidate app(Draft draft, GitHubSettings settings, Answers.App answers) {
    long id =
        answers
            .id()
            .orElseGet(
                () -> number("The App's ID (on its settings page)", "--app-id N", APP_ID, draft));
    long installation =
        answers
            .installation()
            .orElseGet(() ->
                number(
                    "The number of its installation (the end of that page's address)",
                    "--app-installation-id N",
                    APP_INSTALLATION,
                    draft));
    Path key =
        answers
            .key()
            .orElseGet(() ->
                Path.of(
                    asker.text(
                        new Question("The file with its private key (.pem)", "--app-key-file FILE"),
                        draft.value(APP_KEY))))
            .toAbsolutePath();
    AppKey app = AppKey.of(id, installation, house.secret("--app-key-file", key));
    Draft done =
        draft
            .without(TOKEN)
            .without(TOKEN_FILE)
            .with(APP_ID, Long.toString(id))
            .with(APP_INSTALLATION, Long.toString(installation))
            .with(APP_KEY, key.toString());
    return new Candidate(done, new AppTokens(settings, app, here.clock(), _ -> {}));
  }

  private long number(String words, String flag, String key, Draft draft) {
    Question question = new Question(words, flag);
    String said = asker.text(question, draft.value(key));
    if (!said.matches("[1-9][0-9]{0,17}")) {
      throw new MisconfiguredException("'%s' is no number of a GitHub App".formatted(said));
    }
    return Long.parseLong(said);
  }

  private static Draft withoutApp(Draft draft) {
    return draft.without(APP_ID).without(APP_INSTALLATION).without(APP_KEY);
  }

  /** What GitHub thinks of it, in words. */
  private Access tried(GitHubSettings settings, TokenSource tokens) {
    GitHubSite site = new GitHubSite(web, settings, tokens);
    for (Result result : new TokenCheck(site, here.clock()).look()) {
      if (result.verdict() == Verdict.BAD) {
        boolean isAskedAgain = asker.isPerson() && result.id().equals("github.token");
        throw new MisconfiguredException(
            isAskedAgain ? result.reason() : "%s: %s".formatted(result.reason(), result.mend()));
      }
      // That GitHub answers, and what time it is there, is news only where it is bad.
      if (result.verdict() == Verdict.DOUBTFUL || result.id().equals("github.token")) {
        voice.result(result);
      }
    }
    try (RestGitHub gitHub = new RestGitHub(settings, tokens, here.clock(), Waiter.SLEEPING)) {
      String login = gitHub.me().login();
      voice.good("knight is %s there".formatted(login));
      return new Access(settings, tokens, login);
    }
  }

  private void hint(GitHubSettings settings) {
    String site = settings.apiUrl().getScheme() + "://" + settings.webAuthority();
    voice.say(
        """
        Make one at %s/settings/personal-access-tokens/new
        for the repositories that knight shall work on. Read and write: Contents, Issues,
        Pull requests, Actions (and Workflows, if it may change them). Read: Commit statuses.\
        """
            .formatted(site));
  }

  /**
   * The token of {@code gh} for this GitHub, if it has one. It is used only once that is chosen.
   */
  private Optional<Secret> gh(GitHubSettings settings) {
    Map<String, String> environment = new HashMap<>(here.environment());
    environment.put("GH_PROMPT_DISABLED", "1");
    return OtherProgram.find("gh", here.path())
        .flatMap(gh ->
            Execution.of(
                List.of(gh.toString(), "auth", "token", "--hostname", settings.webAuthority()),
                environment,
                GH_PATIENCE,
                _ -> {}))
        .filter(Ended::isGood)
        .map(Ended::lastLine)
        .filter(token -> token.matches("[!-~]{8,4096}"))
        .map(Secret::new);
  }

  private static MisconfiguredException noGh() {
    return new MisconfiguredException(
        "gh has no token for this GitHub: run gh auth login, or choose another way to sign in");
  }
}
