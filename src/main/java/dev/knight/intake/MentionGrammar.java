package dev.knight.intake;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.commonmark.node.Block;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a Markdown text addresses knight: one of its names after {@code @}, in any case,
 * standing by itself. Code, quotes, HTML, links and pictures address nobody.
 */
public final class MentionGrammar {
  /** What every text of knight's own contains. */
  private static final String MARKER = "<!-- knight:";

  /** GitHub's limit for a text; what a hostile server adds to it is not read. */
  private static final int LONGEST = 65_536;

  /**
   * More of one mark than people write; beyond it the parser takes square time, or no end of stack.
   */
  private static final int MOST_MARKS = 1_000;

  /** Orders are shorter. */
  private static final int LONGEST_LINE = 2_000;

  /** Stands for what is no text. */
  private static final String MORE = "\uFFFC";

  /** From here on (CJK and what follows) words stand without spaces between them. */
  private static final int SPACELESS_SCRIPTS = 0x2E80;

  private static final Pattern HIDING_TAG =
      Pattern.compile("<(/?)(?:code|pre|tt|kbd|samp|a|blockquote)\\b.*", Pattern.DOTALL);

  private static final Pattern ON_PULL_REQUEST = Pattern.compile("/[^/]+/[^/]+/pull/[0-9]+.*");

  private final Parser parser = Parser.builder().build();
  private final Pattern anywhere;
  private final Pattern names;

  /** Answers to {@code triggers}. */
  public MentionGrammar(Collection<String> triggers) {
    String any = triggers.stream().map(Pattern::quote).distinct().collect(Collectors.joining("|"));
    String name = "@(?:" + (any.isEmpty() ? "(?!)" : any) + ")";
    this.anywhere = Pattern.compile(name, Pattern.CASE_INSENSITIVE);
    this.names =
        Pattern.compile(name + "(?![A-Za-z0-9-]|[_/][A-Za-z0-9])", Pattern.CASE_INSENSITIVE);
  }

  /** Whether {@code markdown} addresses knight. A text with knight's own marker never does. */
  public boolean mentions(String markdown) {
    return addressed(markdown).isPresent();
  }

  /** Whether {@code link} is the page of a pull request, or of something under one. */
  static boolean isOnPullRequest(URI link) {
    return ON_PULL_REQUEST.matcher(String.valueOf(link.getPath())).matches();
  }

  /**
   * What {@code markdown} wants, where it first addresses knight; empty if it does not.
   *
   * @param onPullRequest whether it stands under one
   */
  Optional<Said> said(String markdown, boolean onPullRequest) {
    return addressed(markdown).map(rest -> OrderWords.of(rest.line(), rest.last(), onPullRequest));
  }

  /**
   * What follows knight's name where it is first addressed.
   *
   * @param line the rest of the line
   * @param last whether nothing comes after that
   */
  private record Rest(String line, boolean last) {}

  private Optional<Rest> addressed(String markdown) {
    String text = markdown.length() > LONGEST ? markdown.substring(0, LONGEST) : markdown;
    return !text.contains(MARKER) && anywhere.matcher(text).find()
        ? inProse(parser.parse(bounded(text)))
        : Optional.empty();
  }

  /** Walks without recursion: nesting may be as deep as the text is long. */
  private Optional<Rest> inProse(Node document) {
    int hidden = 0;
    @Nullable Node node = document;
    while (node != null) {
      hidden = node instanceof Block ? 0 : Math.max(0, hidden + hides(node));
      if (hidden == 0 && node instanceof Text text) {
        Optional<String> rest = afterName(text.getLiteral());
        if (rest.isPresent()) {
          return rest.map(words -> rest(words, text));
        }
      }
      node = isProse(node) && node.getFirstChild() != null ? node.getFirstChild() : after(node);
    }
    return Optional.empty();
  }

  /** {@code words} and what is written after {@code from} on the same line, without its marks. */
  private static Rest rest(String words, Text from) {
    StringBuilder line = new StringBuilder(words);
    @Nullable Node node = after(from);
    while (node != null && !endsLine(node) && line.length() < LONGEST_LINE) {
      switch (node) {
        case Text text -> line.append(text.getLiteral());
        case Code code -> line.append('`').append(code.getLiteral()).append('`');
        case Link _, Image _, HtmlInline _ -> line.append(MORE);
        default -> {}
      }
      node = isProse(node) && node.getFirstChild() != null ? node.getFirstChild() : after(node);
    }
    return new Rest(line.toString(), node == null);
  }

  private static boolean endsLine(Node node) {
    return node instanceof Block || node instanceof SoftLineBreak || node instanceof HardLineBreak;
  }

  private static boolean isProse(Node node) {
    return switch (node) {
      case BlockQuote _,
          FencedCodeBlock _,
          IndentedCodeBlock _,
          HtmlBlock _,
          Code _,
          Link _,
          Image _ ->
          false;
      default -> true;
    };
  }

  /** One more for an HTML tag that opens code, a link or a quote in prose, one less for its end. */
  private static int hides(Node node) {
    if (node instanceof HtmlInline html) {
      Matcher tag = HIDING_TAG.matcher(html.getLiteral().toLowerCase(Locale.ROOT));
      return tag.matches() ? (tag.group(1).isEmpty() ? 1 : -1) : 0;
    }
    return 0;
  }

  private static @Nullable Node after(Node node) {
    @Nullable Node at = node;
    while (at != null && at.getNext() == null) {
      at = at.getParent();
    }
    return at == null ? null : at.getNext();
  }

  private Optional<String> afterName(String text) {
    Matcher name = names.matcher(text);
    while (name.find()) {
      if (name.start() == 0 || mayPrecede(text.codePointBefore(name.start()))) {
        return Optional.of(text.substring(name.end()));
      }
    }
    return Optional.empty();
  }

  /** Not in a mail address, an address of a page, or a longer word. */
  private static boolean mayPrecede(int before) {
    boolean word = Character.isLetterOrDigit(before) && before < SPACELESS_SCRIPTS;
    return !word && "_/".indexOf(before) < 0;
  }

  /**
   * The same text for the purpose, with nothing in it that makes the parser slow or asks for more
   * stack than there is. An escaped {@code @} loses its meaning, as its writer wants.
   */
  private static String bounded(String text) {
    StringBuilder bounded = new StringBuilder(text.replace("\\@", "w@"));
    for (char mark : List.of('<', '[', ']', '*', '_')) {
      int seen = 0;
      for (int i = 0; i < bounded.length(); i++) {
        if (bounded.charAt(i) == mark && ++seen > MOST_MARKS) {
          bounded.setCharAt(i, ' ');
        }
      }
    }
    return bounded.toString();
  }
}
