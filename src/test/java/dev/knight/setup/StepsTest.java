package dev.knight.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knight.doctor.HttpWeb;
import dev.knight.fake.AppKeys;
import dev.knight.home.KnightHome;
import dev.knight.home.OtherProgram.Ended;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.RepositoryName;
import dev.knight.job.Secret;
import dev.knight.rehearsal.Permission;
import dev.knight.rehearsal.StandInGitHub;
import dev.knight.rehearsal.TokenRight;
import dev.knight.rehearsal.World;
import dev.knight.sandbox.Bubblewrap;
import dev.knight.setup.Answers.SignIn;
import dev.knight.systemd.KnightUnit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The steps by themselves, against the stand-in for GitHub. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StepsTest implements House {
  private static final RepositoryName ENGINE = RepositoryName.parse("ada/engine");
  private static final Answers.App NO_APP =
      new Answers.App(Optional.empty(), Optional.empty(), Optional.empty());

  @TempDir private Path directory;
  private final StringWriter said = new StringWriter();
  private final HttpWeb web = new HttpWeb();
  private final Map<String, String> environment = new HashMap<>();
  private StandInGitHub gitHub;
  private World world;

  @BeforeEach
  void start() throws IOException {
    gitHub = StandInGitHub.start(directory.resolve("hub"));
    world = gitHub.world();
    world.addRepository(ENGINE, Map.of("README.md", "# Engine\n"));
    world.addUser("sir-knight");
    world.addToken("ghp_token", "sir-knight", TokenRight.WRITE);
    world.permit(ENGINE, "sir-knight", Permission.WRITE);
    environment.put("PATH", directory.resolve("bin").toString());
  }

  @AfterEach
  void stop() throws IOException {
    web.close();
    gitHub.close();
  }

  @Test
  void an_app_signs_in_and_lists_what_it_is_installed_on() throws IOException {
    KeyPair pair = AppKeys.pair();
    Path key = Files.writeString(directory.resolve("app.pem"), AppKeys.pkcs1(pair));
    world.addApp(7, 70, "lancelot", pair.getPublic());
    world.permit(ENGINE, "lancelot[bot]", Permission.WRITE);
    Answers.App app = new Answers.App(Optional.of(7L), Optional.of(70L), Optional.of(key));

    GitHubStep.Done done =
        signIn(draft("").with(GitHubStep.TOKEN, new Secret("old")), Optional.empty(), app);

    assertThat(done.access().login()).isEqualTo("lancelot[bot]");
    assertThat(done.access().mention()).isEqualTo("@lancelot");
    assertThat(done.draft().secrets().text()).isEmpty();
    assertThat(done.draft().config().text())
        .contains("id: 7\n", "installation-id: 70\n", "private-key-file: " + key);
    Asker first = new Lines(reader("1\n"), new PrintWriter(said, true));
    Draft chosen =
        new RepositoryStep(first, voice(), web, here()).ask(done.draft(), done.access(), List.of());
    assertThat(chosen.value(RepositoryStep.REPOSITORIES)).contains("ada/engine");
  }

  @Test
  void the_token_of_gh_is_taken_once_that_is_chosen() throws IOException {
    program(
        "gh",
        """
        #!/bin/sh
        [ "$1 $2 $3" = "auth token --hostname" ] && [ "$GH_PROMPT_DISABLED" = 1 ] && echo ghp_token
        """);

    GitHubStep.Done done = signIn(draft(""), Optional.of(SignIn.GH), NO_APP);

    assertThat(done.access().login()).isEqualTo("sir-knight");
    assertThat(done.draft().secrets().text()).isEqualTo("KNIGHT_GITHUB_TOKEN=ghp_token\n");
    assertThat(said.toString()).doesNotContain("ghp_token");
  }

  @Test
  void what_signs_in_already_is_kept_and_a_token_that_is_refused_is_told() {
    Draft good = draft("").with(GitHubStep.TOKEN, new Secret("ghp_token"));
    Draft bad = draft("").with(GitHubStep.TOKEN, new Secret("ghp_other"));

    assertThat(signIn(good, Optional.empty(), NO_APP).draft().secrets()).isEqualTo(good.secrets());
    assertThatThrownBy(() -> signIn(bad, Optional.of(SignIn.KEEP), NO_APP))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessageContaining("does not know it");
    assertThatThrownBy(() -> signIn(draft(""), Optional.of(SignIn.GH), NO_APP))
        .hasMessageContaining("gh auth login");
  }

  @Test
  void a_repository_that_knight_cannot_write_to_is_told_in_words() {
    RepositoryName closed = RepositoryName.parse("ada/closed");
    world.addRepository(closed, Map.of("a", "b"));
    GitHubStep.Done done =
        signIn(draft("").with(GitHubStep.TOKEN, new Secret("ghp_token")), Optional.empty(), NO_APP);
    RepositoryStep step = new RepositoryStep(new Nobody(), voice(), web, here());

    assertThatThrownBy(() -> step.ask(done.draft(), done.access(), List.of(ENGINE, closed)))
        .isInstanceOf(MisconfiguredException.class);
    assertThat(said.toString()).contains("✓ ada/engine", "✗ ada/closed");
  }

  @Test
  void a_name_that_is_mistyped_is_asked_for_again() throws IOException {
    world.addUser("eve");
    world.addToken("ghp_reader", "eve", TokenRight.WRITE);
    world.permit(ENGINE, "eve", Permission.READ);
    GitHubStep.Done eve =
        signIn(
            draft("").with(GitHubStep.TOKEN, new Secret("ghp_reader")), Optional.empty(), NO_APP);
    Asker person = new Lines(reader("engine\nada/engine\n2\n"), new PrintWriter(said, true));

    Draft done =
        new RepositoryStep(person, voice(), web, here()).ask(eve.draft(), eve.access(), List.of());

    assertThat(done.value(RepositoryStep.REPOSITORIES)).contains("ada/engine");
    assertThat(said.toString()).contains("'engine' is not a repository name; write owner/name");
  }

  @Test
  void a_pi_is_found_by_what_it_says_and_its_list_is_read_without_a_key() throws IOException {
    program(
        "pi",
        """
        #!/bin/sh
        case $1 in
          --version) echo 1.5.2 ;;
          --list-models)
            echo 'provider   model     context  max-out'
            [ -n "$OPENAI_API_KEY" ] && echo 'openai     gpt-9     1M       128K'
            echo 'other      else      1M       128K'
            ;;
        esac
        """);
    environment.put("OPENAI_API_KEY", "sk-real");

    Pi pi = Pi.find(Optional.empty(), here().path(), directory).orElseThrow();

    assertThat(pi.version()).isEqualTo("1.5.2");
    assertThat(pi.models(ModelProvider.named("openai"), here().path()))
        .containsExactly(new Pi.Model("gpt-9", "1M"));
    assertThat(ModelProvider.named("openai").variable(environment)).contains("OPENAI_API_KEY");
    program("pi", "#!/bin/sh\necho 0.9.1\n");
    assertThat(Pi.find(Optional.empty(), here().path(), directory)).isEmpty();
  }

  @Test
  void the_key_of_another_provider_is_not_sent_to_a_new_one() {
    Draft draft =
        draft("")
            .with(ModelStep.PROVIDER, "anthropic")
            .with(ModelStep.KEY, new Secret("sk-ant-only-theirs"));
    Answers.Model other =
        new Answers.Model(
            Optional.of("groq"), Optional.of("m"), Optional.of(gitHub.apiUrl()), Optional.empty());
    ModelStep step = new ModelStep(new Nobody(), voice(), this, web, here());

    assertThatThrownBy(() -> step.ask(draft, other, new Pi(directory, "1.5.2")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--model-key-file");
  }

  @Test
  void no_secret_is_in_the_difference_and_none_stays_behind_in_a_comment() throws IOException {
    Files.createDirectories(here().home().root());
    Files.writeString(
        here().file(),
        """
        knight:
          github:
            token: ghp_old-old-old
          notify: {url: "https://chat.example/hooks/old-old-old", secret: old-old-old}
        """);
    Written written = new Written(here(), this);

    Draft draft =
        written
            .draft()
            .with(GitHubStep.TOKEN, new Secret("ghp_new-new-new"))
            .with(ModelStep.PROVIDER, "openai");

    assertThat(written.difference(draft))
        .contains("-    token: ***", "+    #token: ***", "+KNIGHT_GITHUB_TOKEN=*** (new)")
        .noneMatch(line -> line.contains("old-old") || line.contains("new-new"));
    written.write(draft);
    assertThat(here().file()).content().contains("hooks/old-old-old").doesNotContain("ghp_old");
    assertThat(here().home().secrets()).content().contains("KNIGHT_GITHUB_TOKEN=ghp_new-new-new\n");
  }

  @Test
  void what_somebody_edits_meanwhile_is_not_written_over() throws IOException {
    Files.createDirectories(here().home().root());
    Files.writeString(here().file(), "knight:\n  workers: 2\n");
    Written written = new Written(here(), this);
    Draft draft = written.draft().with(ModelStep.PROVIDER, "openai");
    Files.writeString(here().file(), "knight:\n  workers: 3\n");

    assertThatThrownBy(() -> written.write(draft))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessageContaining("was changed while you answered");
    assertThat(here().file()).hasContent("knight:\n  workers: 3");
  }

  @Test
  void a_container_gets_the_secrets_as_files_and_what_is_there_stays() throws IOException {
    Path own = Files.createDirectories(directory.resolve("own"));
    Files.writeString(own.resolve("compose.yaml"), "# mine\n");
    Draft draft =
        draft("knight:\n  model:\n    api-key-file: " + Files.writeString(own.resolve("k"), "sk-1"))
            .with(GitHubStep.TOKEN, new Secret("ghp_token"));

    List<String> words = new Container(this, own.resolve("knight.yml")).write(draft);

    assertThat(own.resolve("github-token")).hasContent("ghp_token");
    assertThat(own.resolve("model-api-key")).hasContent("sk-1");
    assertThat(Files.getPosixFilePermissions(own.resolve("github-token")))
        .isEqualTo(PosixFilePermissions.fromString("r--------"));
    assertThat(own.resolve("compose.yaml")).hasContent("# mine");
    assertThat(words).anyMatch(line -> line.contains("up -d")).noneMatch(it -> it.contains("sk-1"));
  }

  @Test
  void a_port_that_is_taken_is_left_to_whoever_has_it() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      Draft draft = draft("").with(PortStep.PORT, port);

      Draft moved = new PortStep(new Nobody(), voice()).ask(draft);

      assertThat(moved.value(PortStep.PORT).map(Integer::parseInt).orElseThrow())
          .isGreaterThan(taken.getLocalPort());
      assertThat(said.toString()).contains("127.0.0.1:" + port + " is taken");
      Asker no = new Lines(reader("n\n"), new PrintWriter(said, true));
      assertThat(new PortStep(no, voice()).ask(draft)).isEqualTo(draft);
    }
  }

  @Test
  void a_program_that_is_linked_runs_by_its_own_name() throws IOException {
    Path own = here().home().programs().resolve("bwrap");
    Path real = program("it's", "#!/bin/sh\necho \"$0 $1\"\n");

    new Tools(here().home(), environment).link(real, own);

    assertThat(
            Execution.of(
                List.of(own.toString(), "-v"), environment, Duration.ofMinutes(1), _ -> {}))
        .contains(new Ended(0, real + " -v\n"));
  }

  private GitHubStep.Done signIn(Draft draft, Optional<SignIn> by, Answers.App app) {
    return new GitHubStep(new Nobody(), voice(), this, web, here())
        .ask(
            draft,
            new Answers.GitHub(Optional.of(gitHub.apiUrl()), by, Optional.empty(), false, app),
            Optional.empty());
  }

  private Draft draft(String config) {
    return new Draft(Map.of(), new SecretsText(""), ConfigText.of(this::read, config));
  }

  private Voice voice() {
    return new Voice(new PrintWriter(said, true), false, 100);
  }

  private Circumstances here() {
    KnightHome home = new KnightHome(directory.resolve("home"));
    return new Circumstances(home, home.configuration(), environment, "1", InstantSource.system());
  }

  private static BufferedReader reader(String typed) {
    return new BufferedReader(new StringReader(typed));
  }

  private Path program(String name, String text) throws IOException {
    Path file = Files.createDirectories(directory.resolve("bin")).resolve(name);
    Files.writeString(file, text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  @Override
  public Map<String, String> read(String text) {
    Map<String, String> read = new HashMap<>();
    ConfigTextTest.flatten("", new Yaml().load(text), read);
    return read;
  }

  @Override
  public Secret secret(String flag, Path file) {
    try {
      return new Secret(Files.readString(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public Bubblewrap jail() {
    throw new MisconfiguredException("There is none");
  }

  @Override
  public boolean isServing() {
    return false;
  }

  @Override
  public KnightUnit unit() {
    throw new MisconfiguredException("There is no systemd");
  }

  @Override
  public int serve(String welcome) {
    return 0;
  }
}
