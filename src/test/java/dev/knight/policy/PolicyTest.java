package dev.knight.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.knight.fake.TestMirror;
import dev.knight.git.Commit;
import dev.knight.git.GitLimits;
import dev.knight.git.Mirror;
import dev.knight.git.Mirrors;
import dev.knight.git.Snapshot;
import dev.knight.git.Worktree;
import dev.knight.home.KnightHome;
import dev.knight.job.JobId;
import dev.knight.job.RefusedException;
import dev.knight.job.RepositoryName;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real worktrees and real trees; the commit that they are compared with holds what a test says. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PolicyTest {
  private static final String CANARY = "canary-canary-canary";
  private static final PolicyLimits LIMITS = new PolicyLimits(20, 200, 4_000, 1_000, 20_000);

  @TempDir private Path home;
  private Mirrors mirrors;
  private Mirror mirror;
  private Path files;
  private Worktree worktree;
  private final Policy policy =
      new Policy(
          LIMITS,
          bytes ->
              new String(bytes, StandardCharsets.ISO_8859_1).contains(CANARY)
                  ? Optional.of("a canary")
                  : Optional.empty());

  @BeforeEach
  void start() throws IOException {
    mirrors =
        new Mirrors(
            new KnightHome(home),
            _ -> Optional.empty(),
            GitLimits.standard(),
            InstantSource.system());
    mirror =
        mirrors.mirror(
            new RepositoryName("ada", "engine"), URI.create("https://github.test/a/e.git"));
    base(Map.of("README.md", "# Engine\n"));
  }

  @AfterEach
  void stop() {
    mirrors.close();
  }

  private void base(Map<String, String> content) throws IOException {
    Commit commit = TestMirror.commit(mirror.path(), new TreeMap<>(content));
    mirror.remove(new JobId(1));
    worktree = mirror.worktree(new JobId(1), commit);
    files = worktree.path();
  }

  private void write(String path, String content) throws IOException {
    write(path, content.getBytes(StandardCharsets.UTF_8));
  }

  private void write(String path, byte[] content) throws IOException {
    Path file = files.resolve(path);
    Files.createDirectories(file.resolve("..").normalize());
    Files.write(file, content);
  }

  private List<Objection> judged(String... protectedPaths) {
    Snapshot snapshot = worktree.snapshot();
    return policy.judge(snapshot, List.of(protectedPaths));
  }

  private void assertHeld(String path, Rule rule) {
    assertThat(judged())
        .anySatisfy(objection -> {
          assertThat(objection.path()).isEqualTo(path);
          assertThat(objection.rule()).isEqualTo(rule);
          assertThat(objection.why()).isNotBlank();
        });
  }

  @Test
  void more_than_a_reviewer_wants_is_told_by_what_a_reviewer_reads() throws Exception {
    write("src/App.java", "// line\n".repeat(6));
    write("package-lock.json", "{}\n".repeat(500));
    write("web/dist/app.js", "x\n".repeat(500));
    write("web/app.min.js", "x\n".repeat(500));
    Snapshot snapshot = worktree.snapshot();

    assertThat(policy.size(snapshot, 6)).isEmpty();
    assertThat(policy.size(snapshot, 5))
        .hasValueSatisfying(objection -> {
          assertThat(objection.rule()).isEqualTo(Rule.SIZE);
          assertThat(objection.path()).isEmpty();
          assertThat(objection.why()).contains("6 lines").contains("at most 5");
        });
  }

  @Test
  void ordinary_work_may_go_out() throws Exception {
    write("README.md", "# Mended\n");
    write("src/main/java/App.java", "class App {}\n");
    write(".gitignore", "target/\n");
    write("docs/größe.md", "wide\n");
    write("run.sh", "#!/bin/sh\n");
    assertThat(files.resolve("run.sh").toFile().setExecutable(true)).isTrue();
    write("logo.png", new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 0});
    write("package.json", "{}\n");
    write("package-lock.json", "{}\n");

    assertThat(judged("db/**")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    ".github/workflows/ci.yml, WORKFLOW",
    ".GitHub/Workflows/CI.yml, WORKFLOW",
    "module/.github/workflows/ci.yml, WORKFLOW",
    ".github/actions/setup/index.js, WORKFLOW",
    "action.yml, WORKFLOW",
    "tools/setup/action.yaml, WORKFLOW",
    ".gitlab-ci.yml, WORKFLOW",
    ".circleci/config.yml, WORKFLOW",
    "Jenkinsfile, WORKFLOW",
    "CODEOWNERS, OWNERS",
    ".github/CODEOWNERS, OWNERS",
    "docs/codeowners, OWNERS",
    ".github/dependabot.yml, BOT",
    "renovate.json5, BOT",
    ".renovaterc, BOT",
    ".gitmodules, GIT",
    "src/.gitattributes, GIT",
    ".lfsconfig, GIT",
    ".githooks/pre-commit, GIT",
    ".husky/pre-push, GIT",
    ".pre-commit-config.yaml, GIT",
    ".pi/extensions/x.ts, AGENT",
    ".mcp.json, AGENT",
    "AGENTS.md, AGENT",
    "docs/Claude.md, AGENT",
    ".claude/settings.json, AGENT",
    ".cursor/rules/a.mdc, AGENT",
    ".cursorrules, AGENT",
    ".knight.yml, AGENT",
    ".github/copilot-instructions.md, AGENT",
    ".github/instructions/a.instructions.md, AGENT",
    ".vscode/tasks.json, AUTORUN",
    ".devcontainer/devcontainer.json, AUTORUN",
    ".envrc, AUTORUN",
    ".npmrc, AUTORUN",
    ".mvn/extensions.xml, AUTORUN",
  })
  void what_a_machine_acts_on_is_held(String path, Rule rule) throws Exception {
    write(path, "x\n");

    assertHeld(path, rule);
  }

  @Test
  void a_deletion_is_held_like_an_edit() throws Exception {
    base(Map.of(".github/workflows/ci.yml", "on: push\n", "AGENTS.md", "Be good\n", "a", "a\n"));
    Files.delete(files.resolve(".github/workflows/ci.yml"));
    Files.delete(files.resolve("AGENTS.md"));

    assertHeld(".github/workflows/ci.yml", Rule.WORKFLOW);
    assertHeld("AGENTS.md", Rule.AGENT);
  }

  @Test
  void what_is_only_there_already_is_not_held() throws Exception {
    base(
        Map.of(
            ".github/workflows/ci.yml",
            "on: push\n",
            "AGENTS.md",
            "Be good\n",
            "key",
            CANARY + "\n"));
    write("src/App.java", "class App {}\n");

    assertThat(judged()).isEmpty();
  }

  @Test
  void a_link_is_held_whether_it_leads_out_or_not() throws Exception {
    Files.createDirectories(files.resolve("a/b"));
    Files.createSymbolicLink(files.resolve("a/b/in"), Path.of("../../README.md"));
    Files.createSymbolicLink(files.resolve("a/b/out"), Path.of("../../../README.md"));
    Files.createSymbolicLink(files.resolve("round"), Path.of("a/../../engine"));
    Files.createSymbolicLink(files.resolve("absolute"), Path.of("/etc/passwd"));

    assertHeld("a/b/in", Rule.LINK);
    assertHeld("a/b/out", Rule.ESCAPE);
    assertHeld("round", Rule.ESCAPE);
    assertHeld("absolute", Rule.ESCAPE);
  }

  @Test
  void a_directory_of_workflows_that_became_a_link_is_held() throws Exception {
    write("evil/ci.yml", "on: push\n");
    Files.createDirectories(files.resolve(".github"));
    Files.createSymbolicLink(files.resolve(".github/workflows"), Path.of("../evil"));

    assertHeld(".github/workflows", Rule.WORKFLOW);
  }

  @Test
  void what_the_repository_protects_is_held_with_its_glob() throws Exception {
    write("DB/migration/V1.sql", "select 1;\n");

    assertThat(judged("db/**"))
        .singleElement()
        .satisfies(objection -> {
          assertThat(objection.rule()).isEqualTo(Rule.PROTECTED);
          assertThat(objection.why()).contains("`db/**`");
        });
  }

  @Test
  void a_glob_that_is_none_lets_nothing_out() {
    assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> judged("a[b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tool", "libx.so", "App.class", "wrapper.jar"})
  void a_program_that_is_no_text_is_held(String name) throws Exception {
    byte[] head =
        name.endsWith("class")
            ? new byte[] {(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe, 0, 0}
            : name.endsWith("jar")
                ? new byte[] {'P', 'K', 3, 4, 0}
                : "\177ELF\2\1\0".getBytes(StandardCharsets.ISO_8859_1);
    write(name, head);

    assertHeld(name, Rule.PROGRAM);
  }

  @Test
  void anything_but_text_that_may_be_executed_is_held() throws Exception {
    write("tool", new byte[] {1, 0, 2});
    assertThat(files.resolve("tool").toFile().setExecutable(true)).isTrue();

    assertHeld("tool", Rule.PROGRAM);
  }

  @Test
  void large_files_are_held() throws Exception {
    write("picture.png", new byte[LIMITS.binaryBytes() + 1]);
    write("data.csv", "1,2\n".repeat(1_001));

    assertHeld("picture.png", Rule.BINARY);
    assertHeld("data.csv", Rule.LARGE);
  }

  @Test
  void more_than_a_person_reads_is_held_as_a_whole() throws Exception {
    for (int i = 0; i <= LIMITS.files(); i++) {
      write("f" + i, i + "\n");
    }

    assertHeld("", Rule.LARGE);
  }

  @Test
  void many_lines_are_held_as_a_whole_and_no_more_is_read_than_may_be() throws Exception {
    for (int i = 0; i < 8; i++) {
      write("f" + i, (i + ",2\n").repeat(900));
    }

    assertHeld("", Rule.LARGE);
    assertHeld("f7", Rule.LARGE);
  }

  @Test
  void a_lockfile_alone_is_held() throws Exception {
    write("app/package-lock.json", "{\"resolved\": \"https://evil.test\"}\n");

    assertHeld("app/package-lock.json", Rule.LOCKFILE);
  }

  @Test
  void a_secret_is_held_where_it_is_new() throws Exception {
    base(Map.of("old.txt", "one\n" + CANARY + "\n", "new.txt", "one\n"));
    write("old.txt", "one\n" + CANARY + "\ntwo\n");
    write("new.txt", "one\n" + CANARY + "\n");
    write("name-" + CANARY, "x\n");
    Files.createSymbolicLink(files.resolve("link"), Path.of(CANARY));

    assertThat(judged())
        .filteredOn(objection -> objection.rule() == Rule.SECRET)
        .extracting(Objection::path)
        .containsExactlyInAnyOrder("new.txt", "name-" + CANARY, "link");
  }

  @Test
  void a_secret_in_a_file_that_is_not_text_is_held() throws Exception {
    write("dump.bin", ("\0\0" + CANARY).getBytes(StandardCharsets.ISO_8859_1));

    assertHeld("dump.bin", Rule.SECRET);
  }

  @Test
  void odd_names_and_names_that_look_like_others_are_held() throws Exception {
    write("a\nb", "x\n");
    write("readme.MD", "x\n");

    assertHeld("a\nb", Rule.NAME);
    assertHeld("readme.MD", Rule.NAME);
  }

  @Test
  void a_name_in_no_encoding_is_held() throws Exception {
    assertThat(
            new ProcessBuilder("bash", "-c", "echo x > $'latin\\xe9'")
                .directory(files.toFile())
                .start()
                .waitFor())
        .isZero();

    assertHeld("latin\ufffd", Rule.NAME);
  }
}
