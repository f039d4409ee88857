package dev.knight.rehearsal;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/** Finds the {@code @login}s of a Markdown text that notify: not in code, not in HTML comments. */
final class Mentions {
  private static final Pattern MENTION =
      Pattern.compile("(?<![\\w/.@-])@([A-Za-z0-9](?:[A-Za-z0-9-]{0,38}))(?![A-Za-z0-9-])");

  private Mentions() {}

  /** The logins that a text mentions, in lower case. */
  static Set<String> in(String markdown) {
    Set<String> logins = new TreeSet<>();
    Node text = Parser.builder().build().parse(markdown);
    text.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text part) {
            Matcher mention = MENTION.matcher(part.getLiteral());
            while (mention.find()) {
              logins.add(mention.group(1).toLowerCase(Locale.ROOT));
            }
          }
        });
    return logins;
  }
}
