package dev.knight.dashboard;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What must be known of a language to colour it lightly: how comments and texts begin and end, and
 * its words. Languages that are alike share one; a word of a sister's is coloured too.
 *
 * @param toLineEnd what begins a comment that ends with its line
 * @param opens what begins a comment of several lines; empty for none
 * @param closes what ends it
 * @param quotes each of them begins and ends a text on one line
 * @param words its own, in lower case
 */
record Language(
    List<String> toLineEnd, String opens, String closes, String quotes, Set<String> words) {
  static final Language NONE = new Language(List.of(), "", "", "", Set.of());

  private static final Set<String> C_WORDS =
      words(
          """
          abstract as assert async await bool boolean break byte case catch char class const continue
          crate def default defer delete do double else enum exports extends extern false final finally
          float fn for foreach from func function go if impl implements import in instanceof int
          interface internal is let long match mod module mut namespace new nil none null object of
          override package private protected public pub range readonly record ref return sealed select
          self short static string struct super switch synchronized template this throw throws trait
          true try type typeof undefined union unsafe use using val var virtual void volatile when
          where while with yield
          """);

  private static final Language C = new Language(List.of("//"), "/*", "*/", "\"'", C_WORDS);

  private static final Language SCRIPT = new Language(List.of("//"), "/*", "*/", "\"'`", C_WORDS);

  /** Where one quote also begins a name. */
  private static final Language RUST = new Language(List.of("//"), "/*", "*/", "\"", C_WORDS);

  private static final Language SHELL =
      new Language(
          List.of("#"),
          "",
          "",
          "\"'",
          words(
              """
              and as assert async await begin break case class continue def del do done elif else elsif
              end ensure esac except exec exit export false fi finally for from function global if import
              in is lambda local module next nil no none not null off on or pass raise rescue return
              self then true try unless until when while with yes yield
              """));

  private static final Language SQL =
      new Language(
          List.of("--"),
          "/*",
          "*/",
          "'\"",
          words(
              """
              add all alter and as asc begin between bigint boolean by case check column commit constraint
              create cross date default delete desc distinct drop else end exists false foreign from full
              grant group having if in index inner insert int integer into is join key left like limit
              not null on or order outer primary references right rollback select set table text then
              timestamp true truncate union unique update values varchar view when where with
              """));

  private static final Language MARKUP = new Language(List.of(), "<!--", "-->", "\"", Set.of());

  private static final Language STYLE = new Language(List.of(), "/*", "*/", "\"'", Set.of());

  private static final Language DATA =
      new Language(List.of(), "", "", "\"", words("true false null"));

  /** The one of the file at {@code path}, by its name alone. */
  static Language of(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    String ending = name.substring(name.lastIndexOf('.') + 1);
    return switch (ending) {
      case "java", "kt", "kts", "scala", "groovy", "gradle", "c", "h", "cc", "cpp", "hpp", "cs" ->
          C;
      case "swift", "dart", "php", "proto", "zig" -> C;
      case "js", "mjs", "cjs", "jsx", "ts", "tsx", "go", "vue", "svelte" -> SCRIPT;
      case "rs" -> RUST;
      case "py", "rb", "sh", "bash", "zsh", "fish", "pl", "r", "ex", "exs", "jl", "tf" -> SHELL;
      case "yml", "yaml", "toml", "ini", "conf", "cfg", "env", "properties", "service" -> SHELL;
      case "dockerfile", "makefile", "mk", "gitignore", "dockerignore", "gitattributes" -> SHELL;
      case "sql" -> SQL;
      case "html", "htm", "xml", "svg", "xhtml", "xsl", "pom" -> MARKUP;
      case "css", "scss", "less" -> STYLE;
      case "json", "json5", "jsonc", "jsonl", "lock" -> DATA;
      default -> NONE;
    };
  }

  private static Set<String> words(String text) {
    return Arrays.stream(text.strip().split("\\s+")).collect(Collectors.toUnmodifiableSet());
  }
}
