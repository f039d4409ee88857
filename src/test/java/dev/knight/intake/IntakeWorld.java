package dev.knight.intake;

import dev.knight.fake.MemoryJobStore;
import dev.knight.fake.TestClock;
import dev.knight.github.GitHubSettings;
import dev.knight.github.RestGitHub;
import dev.knight.hygiene.KnownSecrets;
import dev.knight.hygiene.Redactor;
import dev.knight.job.JudgedMention;
import dev.knight.job.RepositoryName;
import dev.knight.job.Secret;
import dev.knight.job.Subject;
import dev.knight.job.Verdict;
import dev.knight.publish.OutgoingText;
import dev.knight.rehearsal.Permission;
import dev.knight.rehearsal.SeenRequest;
import dev.knight.rehearsal.StandInGitHub;
import dev.knight.rehearsal.TokenRight;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Intake in front of a stand-in for GitHub, both by one clock that stands until it is moved. */
final class IntakeWorld implements AutoCloseable {
  static final RepositoryName ENGINE = RepositoryName.parse("ada/engine");
  static final RepositoryName NOTES = RepositoryName.parse("ada/notes");
  private static final String TOKEN = "ghp_knight";

  final TestClock clock = TestClock.atNoon();
  final MemoryJobStore store = new MemoryJobStore();
  final StandInGitHub standIn;
  final RestGitHub github;
  final HandRequest hand;
  final GitHubSettings settings;
  private final List<RepositoryName> repositories;
  private int many = Throttle.LOOKS_A_MINUTE;
  private Intake intake;

  IntakeWorld(Path directory, RepositoryName... repositories) throws IOException {
    this.standIn = StandInGitHub.start(directory, 0, clock);
    this.repositories = List.of(repositories);
    standIn.world().addUser("knight-bot");
    standIn.world().addToken(TOKEN, "knight-bot", TokenRight.WRITE);
    for (RepositoryName name : repositories) {
      standIn.world().addRepository(name, Map.of("README.md", "Hello\n"));
      standIn.world().permit(name, "knight-bot", Permission.WRITE);
    }
    standIn.world().addUser("grace");
    this.settings = new GitHubSettings(standIn.apiUrl(), "knight/test", Duration.ofMillis(1));
    this.github = new RestGitHub(settings, () -> new Secret(TOKEN), clock, clock::pass);
    this.intake = intake(trust());
    this.hand =
        new HandRequest(
            github, store, settings.webAuthority(), this.repositories, () -> new UUID(0, 7), clock);
  }

  private PollingSettings polling() {
    return new PollingSettings(true, Duration.ofSeconds(10), repositories, Set.of());
  }

  private Intake intake(TrustSettings trust) {
    return intake(polling(), trust);
  }

  /** One that watches what {@code polling} names. */
  Intake intake(PollingSettings polling) {
    return intake(polling, trust());
  }

  private Intake intake(PollingSettings polling, TrustSettings trust) {
    OutgoingText outgoing = new OutgoingText(new Redactor(new KnownSecrets()));
    return new Intake(github, store, polling, trust, outgoing, clock, many);
  }

  /** What asks for all repositories at once, on a machine whose clock is ahead of GitHub's. */
  ChangeDetector detector(Duration ahead) {
    return new ChangeDetector(
        github, store, polling().interval(), repositories, () -> clock.instant().plus(ahead));
  }

  static TrustSettings trust(String... users) {
    return new TrustSettings(dev.knight.github.Permission.WRITE, Set.of(users), 1_000, 1_000);
  }

  /** As after a restart, with further people admitted. */
  void restart(String... users) {
    restart(trust(users));
  }

  /** As after a restart, with other settings. */
  void restart(TrustSettings trust) {
    intake = intake(trust);
  }

  /** As after a restart of one that asks for all repositories at once, however few they are. */
  void detect() {
    many = 0;
    restart();
  }

  /** Polls each second for so long. */
  void watch(Duration duration) {
    for (long second = 0; second < duration.toSeconds(); second++) {
      clock.pass(Duration.ofSeconds(1));
      tick();
    }
  }

  /** Polls at once and again until each repository had its turn, as a minute brings. */
  void poll() {
    clock.pass(Duration.ofSeconds(61));
    tick();
  }

  /** Polls if anything is due. */
  void tick() {
    tick(intake);
  }

  /** The same with {@code other}, as the service does it. */
  void tick(Intake other) {
    if (other.isDue()) {
      other.runOnce();
    }
  }

  /** Until when nothing that was due was left undone. */
  Instant upToDate() {
    return intake.upToDate().orElseThrow();
  }

  /** Why repositories cannot be looked at. */
  Map<RepositoryName, String> troubles() {
    return intake.troubles();
  }

  /** First contact, and enough time for what comes next not to be in its overlap. */
  void begin() {
    tick();
    clock.pass(Duration.ofMinutes(5));
  }

  void revokeToken() {
    standIn.world().revokeToken(TOKEN);
  }

  void restoreToken() {
    standIn.world().addToken(TOKEN, "knight-bot", TokenRight.WRITE);
  }

  Subject issue(String author, String body) {
    return standIn.world().openIssue(ENGINE, author, "Engine stalls", body);
  }

  List<Verdict> verdicts() {
    return store.judged().stream().map(JudgedMention::verdict).toList();
  }

  List<String> texts() {
    return store.judged().stream().map(judged -> judged.mention().text()).toList();
  }

  List<SeenRequest> requests(String pathEnd) {
    return standIn.requests().stream().filter(seen -> seen.path().endsWith(pathEnd)).toList();
  }

  @Override
  public void close() throws IOException {
    github.close();
    standIn.close();
  }
}
