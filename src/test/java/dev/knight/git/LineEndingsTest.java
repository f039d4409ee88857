package dev.knight.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.job.JobId;
import dev.knight.job.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real git is the judge. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LineEndingsTest {
  /** What a repository may hold, committed as it stands here. */
  private static final Map<String, String> CONTENTS =
      Map.ofEntries(
          Map.entry("lf", "one\ntwo\n"),
          Map.entry("crlf", "one\r\ntwo\r\n"),
          Map.entry("mixed", "one\ntwo\r\nthree\n"),
          Map.entry("cr", "one\rtwo\nthree\n"),
          Map.entry("zero", "one\ntw\0o\n"),
          Map.entry("odd", "\1\177\n" + "x".repeat(200) + "\n"),
          Map.entry("dos", "one\ntwo\n\32"),
          Map.entry("long", ("x".repeat(8_191) + "\r\n").repeat(3) + "y".repeat(8_095) + "\n"));

  private static final String ATTRIBUTES =
      """
      # What each kind is
      *.plain !text
      *.text text
      *.none -text
      *.auto text=auto
      *.input text=input
      *.odd text=odd
      *.lf eol=lf
      *.crlf eol=crlf
      *.tlf text eol=lf
      *.tcrlf\ttext\teol=crlf
      *.alf text=auto eol=lf
      *.acrlf text=auto eol=crlf
      *.ncrlf -text eol=crlf
      *.old crlf
      *.oldin crlf=input eol=crlf
      *.oldno -crlf eol=crlf
      *.bin binary eol=crlf
      [attr]windows text eol=crlf -diff
      [attr]both windows
      *.macro both
      *.unmacro both -text
      *.nomacro -both eol=crlf
      *.late eol=lf
      *.late eol=crlf
      *.late ident filter=evil working-tree-encoding=UTF-8
      /top.only eol=crlf
      sub/deep.only eol=crlf
      sub/**/far.only eol=crlf
      dir/ eol=crlf
      "quoted name.*" eol=crlf
      "quo\\164ed" eol=crlf
      !*.text eol=crlf
      größe.* eol=crlf
      [a-c]x.only eol=crlf
      q?.only eol=crlf
      """;

  @TempDir Path root;
  private GitFixture world;
  private Path clone;
  private Mirrors mirrors;

  @BeforeEach
  void start() throws Exception {
    world = new GitFixture(root);
    clone = world.clone;
    mirrors = world.mirrors(Optional.of(new Secret(GitServer.TOKEN)), GitLimits.standard());
    Files.writeString(clone.resolve(".gitattributes"), ATTRIBUTES);
    for (String kind :
        ATTRIBUTES
            .lines()
            .filter(line -> line.startsWith("*."))
            .map(LineEndingsTest::kind)
            .distinct()
            .toList()) {
      for (Map.Entry<String, String> content : CONTENTS.entrySet()) {
        write("kinds/%s.%s".formatted(content.getKey(), kind), content.getValue());
      }
    }
    for (String name :
        Stream.of(
                "top.only top/top.only sub/deep.only a/sub/deep.only sub/a/b/far.only sub/far.only",
                "dir/a.txt a/dir/b.txt quoted größe.txt a/größe.txt ax.only dx.only a/bx.only qq.only",
                "sub/own/a.crlf sub/own/a.none sub/own/own.txt sub/own/deep/own.txt own.txt",
                "other/x.macro other/x.word")
            .flatMap(names -> Stream.of(names.split(" ")))
            .toList()) {
      write(name, "one\ntwo\n");
    }
    write("quoted name.txt", "one\ntwo\n");
    write("sub/own/.gitattributes", "*.crlf -text\n*.none text eol=crlf\nown.txt eol=crlf\n");
    write("sub/own/deep/.gitattributes", "/own.txt !eol\n");
    write("other/.gitattributes", "[attr]word eol=crlf\n*.macro !both !text !eol\n*.word word\n");
    write("linguist/.gitattributes", "*.java linguist-generated\n");
    Files.createSymbolicLink(clone.resolve("kinds/link.tcrlf"), Path.of("one\ntwo"));
    commitAsItIs();
  }

  private static String kind(String line) {
    return line.substring(2).replaceAll("[ \t].*", "");
  }

  private void write(String name, String content) throws IOException {
    Path file = clone.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  /** As people do who have other attributes, or none: git changes no line ending. */
  private void commitAsItIs() throws IOException, InterruptedException {
    Path info = clone.resolve(".git/info/attributes");
    Files.createDirectories(info.getParent());
    Files.writeString(info, "* -text !filter !ident !working-tree-encoding\n");
    RealGit.run(clone, "add", "--all", "--force");
    RealGit.run(clone, "commit", "-q", "-m", "Lines");
    RealGit.run(clone, "push", "-q", "origin", "HEAD:main");
  }

  @AfterEach
  void stop() {
    mirrors.close();
    world.close();
  }

  /** All plain files of {@code top}, by name. */
  private static Map<String, String> files(Path top) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(top)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = top.relativize(file).toString();
        if (!name.startsWith(".git/") && !name.equals(".git")) {
          files.put(name, Files.readString(file, StandardCharsets.ISO_8859_1));
        }
      }
    }
    return files;
  }

  private Mirror mirror() {
    return mirrors.mirror(GitFixture.ENGINE, world.server.url());
  }

  private Worktree worktree() {
    mirror().fetch();
    return mirror()
        .worktree(new JobId(1), mirror().branchHead(new BranchName("main")).orElseThrow());
  }

  /** What git itself makes of the same commit. */
  private Path gits(Worktree ours) throws IOException, InterruptedException {
    Path theirs = root.resolve("git-" + ours.job());
    RealGit.run(
        mirror().path(), "worktree", "add", "-q", "--detach", theirs.toString(), ours.base().id());
    return theirs;
  }

  @Test
  void a_fresh_worktree_has_the_bytes_that_git_gives_it() throws Exception {
    Worktree ours = worktree();
    Path theirs = gits(ours);

    assertThat(files(ours.path())).isEqualTo(files(theirs));
    assertThat(Files.readString(ours.path().resolve("kinds/lf.tcrlf"))).isEqualTo("one\r\ntwo\r\n");
    assertThat(RealGit.run(ours.path(), "status", "--porcelain")).isEmpty();
    assertThat(ours.snapshot().isChanged()).isFalse();
  }

  /** Ways to change a file, as an agent may. */
  private static Stream<Function<String, String>> edits() {
    return Stream.of(
        text -> text + "more\r\n",
        text -> text.replace("\r\n", "\n"),
        text -> text.replace("\r\n", "\n").replace("\n", "\r\n"));
  }

  /** Writes only what differs: git commits a file anew that was only touched. */
  private static void edit(Path top, Function<String, String> edit) throws IOException {
    for (Map.Entry<String, String> file : files(top).entrySet()) {
      String text = edit.apply(file.getValue());
      if (!file.getKey().endsWith(".gitattributes") && !text.equals(file.getValue())) {
        Files.writeString(top.resolve(file.getKey()), text, StandardCharsets.ISO_8859_1);
      }
    }
  }

  /** What is not as git commits it. */
  private String differences(Worktree ours, Path theirs) throws IOException, InterruptedException {
    RealGit.run(theirs, "add", "--all");
    String tree = RealGit.run(theirs, "write-tree").lines().toList().getLast();
    return RealGit.run(mirror().path(), "diff-tree", "-r", tree, ours.snapshot().tree());
  }

  /** Lets git believe its index: else it commits anew what was written in the same second. */
  private void settle(Path theirs) throws IOException {
    Path admin = mirror().path().resolve("worktrees").resolve(theirs.getFileName());
    FileTime later = FileTime.from(Instant.now().plus(Duration.ofHours(1)));
    Files.setLastModifiedTime(admin.resolve("index"), later);
  }

  @Test
  void what_an_agent_changes_is_committed_as_git_would() throws Exception {
    Worktree ours = worktree();
    Path theirs = gits(ours);

    for (Function<String, String> edit : edits().toList()) {
      settle(theirs);
      edit(ours.path(), edit);
      edit(theirs, edit);

      assertThat(differences(ours, theirs)).isEmpty();

      RealGit.run(theirs, "reset", "-q", "--hard");
      ours.setBack(mirror().tree(ours.base()));
      assertThat(files(ours.path())).isEqualTo(files(theirs));
    }
  }

  @Test
  void new_files_are_committed_as_git_would() throws Exception {
    Worktree ours = worktree();
    Path theirs = gits(ours);
    settle(theirs);
    for (Path top : List.of(ours.path(), theirs)) {
      for (Map.Entry<String, String> file : files(top.resolve("kinds")).entrySet()) {
        Path twin = top.resolve("sub/new-" + file.getKey());
        Files.writeString(twin, file.getValue(), StandardCharsets.ISO_8859_1);
      }
    }

    assertThat(differences(ours, theirs)).isEmpty();
  }

  @Test
  void rules_that_an_agent_writes_hold_for_what_it_changes_and_nothing_else() throws Exception {
    Worktree ours = worktree();
    Path theirs = gits(ours);
    for (String rules : List.of("* text eol=crlf\n", "")) {
      for (Path top : List.of(ours.path(), theirs)) {
        Files.writeString(top.resolve(".gitattributes"), rules);
      }
      settle(theirs);
      assertThat(differences(ours, theirs)).isEmpty();

      edit(ours.path(), text -> text + "more\r\n");
      edit(theirs, text -> text + "more\r\n");
      assertThat(differences(ours, theirs)).isEmpty();

      RealGit.run(theirs, "reset", "-q", "--hard");
      ours.setBack(mirror().tree(ours.base()));
    }
  }

  @Test
  void a_file_that_was_only_touched_is_not_changed() throws Exception {
    Worktree ours = worktree();
    for (Path file :
        List.of(ours.path().resolve("kinds/crlf.text"), ours.path().resolve("own.txt"))) {
      Files.write(file, Files.readAllBytes(file));
    }

    assertThat(ours.snapshot().isChanged()).isFalse();
  }

  @Test
  void whoever_loses_a_rule_with_a_push_of_people_has_not_changed_its_files() throws Exception {
    Worktree ours = worktree();
    Files.writeString(ours.path().resolve("kinds/lf.tcrlf"), "agent\r\n");
    RealGit.run(clone, "checkout", "-q", "-b", "others");
    Files.writeString(clone.resolve(".gitattributes"), "*.text eol=crlf\n");
    commitAsItIs();
    mirror().fetch();
    Commit head = mirror().branchHead(new BranchName("main")).orElseThrow();

    Worktree moved = ours.rebase(head);

    assertThat(moved.snapshot().changes())
        .extracting(Change::path)
        .containsExactly("kinds/lf.tcrlf");
    assertThat(moved.path().resolve("kinds/lf.acrlf"))
        .hasBinaryContent("one\ntwo\n".getBytes(StandardCharsets.UTF_8));
    assertThat(moved.path().resolve("kinds/lf.text"))
        .hasBinaryContent("one\r\ntwo\r\n".getBytes(StandardCharsets.UTF_8));
  }
}
