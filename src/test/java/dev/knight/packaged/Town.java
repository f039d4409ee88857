package dev.knight.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.home.KnightHome;
import dev.knight.job.JobId;
import dev.knight.job.RepositoryName;
import dev.knight.job.Subject;
import dev.knight.overlay.Keeper;
import dev.knight.rehearsal.Comment;
import dev.knight.rehearsal.GitHubDescription;
import dev.knight.rehearsal.Issue;
import dev.knight.rehearsal.ModelAnswer;
import dev.knight.rehearsal.ModelRequest;
import dev.knight.rehearsal.Permission;
import dev.knight.rehearsal.ScriptedModel;
import dev.knight.rehearsal.StandInGitHub;
import dev.knight.rehearsal.TokenRight;
import dev.knight.rehearsal.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A GitHub, a model and a home for one knight; every exchange is held against GitHub's description.
 */
final class Town implements AutoCloseable {
  static final RepositoryName REPOSITORY = new RepositoryName("ada", "notes");
  static final String TOKEN = "ghp_canaryCanaryCanaryCanary0123456789";
  static final String MODEL_KEY = "sk-canary-canary-canary-0123456789";

  private static final Pattern NOTE = Pattern.compile("Add note (\\d+)");

  private final StandInGitHub gitHub;
  private final ScriptedModel model;
  private final GitHubDescription description = GitHubDescription.load();
  private final Program knight;

  /** {@code home} must be short: a socket's path is at most 107 bytes. */
  Town(Path home, Function<ModelRequest, ModelAnswer> script) throws IOException {
    this.gitHub = StandInGitHub.start(home.resolve("github"));
    this.model = ScriptedModel.start(0, Optional.of(MODEL_KEY), script);
    gitHub.observe(description);
    world().addUser("ada");
    world().addUser("eve");
    world().addUser("sir-knight");
    world().addToken(TOKEN, "sir-knight", TokenRight.WRITE);
    world()
        .addRepository(
            REPOSITORY,
            Map.of(
                "README.md",
                "# Notes\n",
                // It passes while there are no notes: what failed before is nobody's fault.
                "check.sh",
                "! cat notes/*.md 2>/dev/null | grep -v fine\n",
                ".knight.yml",
                "verify: [sh check.sh]\n"));
    world().permit(REPOSITORY, "sir-knight", Permission.WRITE);
    this.knight = new Program(Files.createDirectories(home.resolve("k")), settings());
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("KNIGHT_GITHUB_API_URL", gitHub.apiUrl().toString());
    settings.put("KNIGHT_GITHUB_TOKEN", TOKEN);
    settings.put("KNIGHT_GITHUB_REPOSITORIES", REPOSITORY.toString());
    settings.put("KNIGHT_POLLING_INTERVAL", "1s");
    settings.put("KNIGHT_TRUST_PER_PERSON", "1000000");
    settings.put("KNIGHT_TRUST_PER_REPOSITORY", "1000000");
    settings.put("KNIGHT_MODEL_PROVIDER", "openai-compatible");
    settings.put("KNIGHT_MODEL_NAME", ScriptedModel.MODEL);
    settings.put("KNIGHT_MODEL_BASE_URL", model.baseUrl().toString());
    settings.put("KNIGHT_MODEL_API_KEY", MODEL_KEY);
    settings.put("KNIGHT_AGENT_COMMAND", pi());
    return settings;
  }

  static String pi() {
    String named = System.getProperty("test.pi", System.getenv("KNIGHT_TEST_PI"));
    assertThat(named).as("run the tests by scripts/test, which installs pi").isNotBlank();
    return named;
  }

  StandInGitHub gitHub() {
    return gitHub;
  }

  World world() {
    return gitHub.world();
  }

  ScriptedModel model() {
    return model;
  }

  Program knight() {
    return knight;
  }

  /** Ada asks for note {@code number}. */
  Subject ask(int number) {
    return world()
        .openIssue(
            REPOSITORY, "ada", "Add note " + number, "@sir-knight please write note " + number);
  }

  /** The files of job number {@code job} as its agent sees them at this moment. */
  Path worktree(int job) {
    return keeper(job).map(Keeper::root).orElse(directory(job));
  }

  /** What shows them, where they lie in layers. */
  Optional<Keeper> keeper(int job) {
    try {
      return Keeper.find(new KnightHome(knight.home()), directory(job));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private Path directory(int job) {
    return new KnightHome(knight.home()).worktree(new JobId(job));
  }

  /** The page of {@code subject}. */
  String page(Subject subject) {
    return gitHub.webUrl() + "/" + subject.repository() + "/issues/" + subject.number();
  }

  /** Waits until something is so on GitHub or in the model's log; both only ever gain. */
  void await(String what, BooleanSupplier done) {
    long end = System.nanoTime() + Program.PATIENCE.toNanos();
    while (!done.getAsBoolean()) {
      assertThat(System.nanoTime()).as("%s, in time%n%s", what, new Log(knight)).isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }

  /** What the service logged, read only when a wait was in vain. */
  private record Log(Program knight) {
    @Override
    public String toString() {
      try {
        return Files.readString(knight.home().resolve("log").resolve("knight.log"));
      } catch (IOException unreadable) {
        return "no log: " + unreadable.getMessage();
      }
    }
  }

  /** Waits for the final word under {@code subject}, and returns it. */
  String finalWord(Subject subject) {
    await("a final word under " + subject, () -> status(subject).startsWith("@ada"));
    return status(subject);
  }

  /** The status comment, or nothing. */
  String status(Subject subject) {
    List<Comment> own = own(subject);
    assertThat(own).as("status comments under %s", subject).hasSizeLessThanOrEqualTo(1);
    return own.isEmpty() ? "" : own.getFirst().body();
  }

  List<Comment> own(Subject subject) {
    return world().comments(subject).stream()
        .filter(comment -> comment.author().login().equals("sir-knight"))
        .toList();
  }

  List<Issue> pulls() {
    return world().pullRequests(REPOSITORY);
  }

  /** What the branch of {@code pull} has in {@code path}. */
  String file(Issue pull, String path) {
    return world().file(REPOSITORY, pull.pull().orElseThrow().head(), path).orElse("");
  }

  /** Nothing that went to or came from GitHub is other than GitHub says. */
  void assertAsGitHubSays() {
    description.assertNoViolations();
  }

  @Override
  public void close() throws IOException {
    Program.endBridges(knight.home());
    gitHub.close();
    model.close();
  }

  /** A model that writes the note that was asked for, and approves of it. */
  static ModelAnswer notes(ModelRequest request) {
    if (!request.tools().contains("edit")) {
      return ModelAnswer.text(
          "Good.\n\n```json\n{\"verdict\": \"approve\", \"findings\": []}\n```");
    }
    Matcher note = NOTE.matcher(request.prompt());
    String number = note.find() ? note.group(1) : "0";
    return switch (request.turn()) {
      case 0 ->
          ModelAnswer.text("I write it.")
              .write("notes/" + number + ".md", "note " + number + " is fine\n");
      case 1 -> ModelAnswer.text("I look at it.").bash("cat notes/*.md");
      default -> changed("Add note " + number);
    };
  }

  /** The end of an implementer's turn. */
  static ModelAnswer changed(String title) {
    return ModelAnswer.text(
        """
        Done.

        ```json
        {"outcome": "changed", "title": "%s", "summary": "It is written, cc @eve.", "question": "", "default": ""}
        ```
        """
            .formatted(title));
  }
}
