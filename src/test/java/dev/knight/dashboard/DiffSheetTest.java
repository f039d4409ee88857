package dev.knight.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.knight.api.Diff;
import dev.knight.api.DiffView;
import dev.knight.api.DiffView.FileChange;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DiffSheetTest {
  private static final String HEAD = "diff --git a/x b/x\n--- a/x\n+++ b/x\n";

  @Test
  void lines_have_their_numbers_on_both_sides() {
    FileSheet file =
        sheet(
            "x", HEAD + "@@ -3,3 +3,3 @@ class X\n a\n-b\n+c\n d\n\\ No newline at end of file\n");

    assertThat(file.lines())
        .extracting(CodeLine::look, CodeLine::before, CodeLine::after, DiffSheetTest::text)
        .containsExactly(
            tuple("hunk", "", "", "@@ -3,3 +3,3 @@ class X"),
            tuple("same", "3", "3", "a"),
            tuple("del", "4", "", "b"),
            tuple("add", "", "4", "c"),
            tuple("same", "5", "5", "d"),
            tuple("hunk", "", "", "\\ No newline at end of file"));
  }

  @Test
  void what_a_file_has_in_it_is_no_header_and_steers_nothing() {
    FileSheet file =
        sheet(
            "a\u202eb\n.html",
            HEAD + "@@ -1 +1,3 @@\n+<script>x\u001b[2J\u202e\r@@ -9 +9 @@\n+--- a/y\n+crlf\r\n");

    assertThat(file.path()).isEqualTo("a\uFFFDb .html");
    assertThat(file.lines())
        .extracting(CodeLine::look)
        .containsExactly("hunk", "add", "add", "add");
    assertThat(text(file.lines().get(1))).isEqualTo("<script>x\uFFFD[2J\uFFFD\uFFFD@@ -9 +9 @@");
    assertThat(text(file.lines().get(3))).isEqualTo("crlf");
  }

  @Test
  void a_page_has_the_beginning_of_each_file_as_far_as_there_is_room() {
    List<FileChange> files =
        IntStream.range(0, 500)
            .mapToObj(i -> new FileChange("f" + i, "added", 1000, 0, false))
            .toList();
    String text = HEAD + "@@ -0,0 +1,1000 @@\n" + "+x\n".repeat(1000);
    Diff diff =
        new Diff(
            DiffView.of("worktree", "1".repeat(40), files, ""),
            files.stream().map(_ -> text).toList(),
            false);

    DiffSheet sheet = DiffSheet.of(diff);

    assertThat(sheet.isWhole()).isFalse();
    assertThat(sheet.added()).isEqualTo(500_000);
    assertThat(sheet.files()).hasSize(300);
    assertThat(sheet.files().stream().mapToInt(file -> file.lines().size()).sum())
        .isLessThanOrEqualTo(1_500);
    assertThat(sheet.files().getFirst().note()).contains("whole diff");
    assertThat(sheet.files()).extracting(FileSheet::isOpen).containsOnly(false);
  }

  @Test
  void what_is_no_text_says_so() {
    Diff diff =
        new Diff(
            DiffView.of(
                "held",
                "",
                List.of(
                    new FileChange("logo.png", "added", 0, 0, true),
                    new FileChange("run.sh", "modified", 0, 0, false)),
                "It is so."),
            List.of("diff --git a/logo.png b/logo.png\nBinary files differ\n", "old mode 100644\n"),
            false);

    DiffSheet sheet = DiffSheet.of(diff);

    assertThat(sheet.files())
        .extracting(FileSheet::note)
        .containsExactly(
            "Not text, or too long to be compared.", "Only its mode or its name differs.");
    assertThat(sheet.isWhole()).isTrue();
    assertThat(sheet.isEmpty()).isFalse();
  }

  @Test
  void a_change_that_a_tool_makes_has_no_numbers() {
    assertThat(DiffText.change("a.java", "-int a;\n+int b;\n… (3 more lines)\n"))
        .extracting(CodeLine::look, CodeLine::before, DiffSheetTest::text)
        .containsExactly(
            tuple("del", "", "int a;"),
            tuple("add", "", "int b;"),
            tuple("hunk", "", "… (3 more lines)"));
  }

  private static FileSheet sheet(String path, String text) {
    DiffView view =
        DiffView.of("worktree", "", List.of(new FileChange(path, "modified", 1, 1, false)), "");
    return DiffSheet.of(new Diff(view, List.of(text), false)).files().getFirst();
  }

  private static String text(CodeLine line) {
    return line.tokens().stream().map(Token::text).collect(Collectors.joining());
  }
}
