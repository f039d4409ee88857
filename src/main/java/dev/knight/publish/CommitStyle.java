package dev.knight.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How the commits of a repository are written, as far as its log shows it. What most of them do is
 * the style; where they do not agree there is none.
 *
 * @param conventional whether they begin with a type, as {@code fix(pump):}
 * @param area whether they begin with the area that they touch, as {@code pump:}
 * @param ticket a ticket as they begin with one; empty if they do not
 * @param scopes the words that types and areas are used with most, the most frequent first
 * @param capital whether the first word has a capital letter; empty if that varies
 * @param period whether the first line ends with a period
 * @param body whether there is more than a first line
 * @param longest how many characters the first line may have
 * @param examples first lines as they stand in the log; hostile
 */
public record CommitStyle(
    boolean conventional,
    boolean area,
    Optional<String> ticket,
    List<String> scopes,
    Optional<Boolean> capital,
    boolean period,
    boolean body,
    int longest,
    List<String> examples) {

  /** The style of a repository whose log shows none. */
  public static final CommitStyle NONE =
      new CommitStyle(
          false, false, Optional.empty(), List.of(), Optional.empty(), false, false, 72, List.of());

  /** What a commit of knight's own bears: it says nothing of the people's style. */
  static final String TRAILER = "Knight-Job: ";

  private static final Set<String> TYPES =
      Set.of(
          "feat",
          "fix",
          "docs",
          "style",
          "refactor",
          "perf",
          "test",
          "build",
          "ci",
          "chore",
          "revert");
  private static final Pattern PREFIX =
      Pattern.compile("([A-Za-z][\\w./-]{0,30})(?:\\(([\\w./, -]{1,40})\\))?!?: +(?=\\S)");
  private static final Pattern TICKET =
      Pattern.compile("\\[?([A-Z][A-Z0-9]{1,9}-)[0-9]{1,7}]?:? +(?=\\S)");

  /** What GitHub adds when it squashes. */
  private static final Pattern NUMBER = Pattern.compile(" *\\(#[0-9]{1,9}\\)$");

  /** Nothing is given back: there would be no end of ways to part {@code a: b: c} otherwise. */
  private static final Pattern TRAILERS = Pattern.compile("(?:[A-Za-z-]{1,40}: .*+\\R?+)++");

  private static final int FEWEST = 5;
  private static final double MOST_OF_THEM = 0.6;
  private static final int MOST_SCOPES = 12;
  private static final int SHORTEST_LIMIT = 50;
  private static final int LONGEST_LIMIT = 100;
  private static final int EXAMPLES = 3;
  private static final int WIDTH = 72;

  /** Keeps its own copies. */
  public CommitStyle {
    scopes = List.copyOf(scopes);
    examples = List.copyOf(examples);
  }

  private record Line(String whole, String rest, boolean body) {
    static Optional<Line> of(String message) {
      String[] parts = message.strip().split("\\R", 2);
      String first = NUMBER.matcher(parts[0].strip()).replaceFirst("");
      String below = parts.length == 1 ? "" : parts[1].strip();
      boolean body = !below.isEmpty() && !TRAILERS.matcher(below).matches();
      return first.isEmpty()
          ? Optional.empty()
          : Optional.of(new Line(first, first.substring(prefix(first).length()), body));
    }

    boolean isConventional() {
      return CommitStyle.isConventional(whole);
    }
  }

  /** The style of {@code messages}, newest first. */
  public static CommitStyle of(List<String> messages) {
    List<Line> lines =
        messages.stream()
            .filter(message -> !message.contains("\n" + TRAILER))
            .flatMap(message -> Line.of(message).stream())
            .toList();
    if (lines.size() < FEWEST) {
      return NONE;
    }
    boolean conventional = most(lines, Line::isConventional);
    boolean area = !conventional && most(lines, line -> PREFIX.matcher(line.whole()).lookingAt());
    return new CommitStyle(
        conventional,
        area,
        most(lines, line -> TICKET.matcher(line.whole()).lookingAt())
            ? ticket(lines)
            : Optional.empty(),
        conventional || area ? scopes(lines, conventional) : List.of(),
        capital(lines),
        most(lines, line -> line.whole().endsWith(".")),
        most(lines, Line::body),
        longest(lines),
        lines.stream().map(Line::whole).limit(EXAMPLES).toList());
  }

  /** Whether the log shows any style at all. */
  public boolean isKnown() {
    return !examples.isEmpty();
  }

  /**
   * The style in a few clauses, in knight's own words but for names of types, areas and tickets.
   */
  public String described() {
    List<String> clauses = new ArrayList<>();
    if (conventional) {
      clauses.add("begins with a type as in Conventional Commits (`fix: `, `feat(scope): `)");
    }
    if (area) {
      clauses.add("begins with the area that it touches and a colon");
    }
    if (!scopes.isEmpty()) {
      clauses.add(
          "uses words like " + scopes.stream().collect(Collectors.joining("`, `", "`", "`")));
    }
    ticket.ifPresent(prefix ->
        clauses.add(
            "begins with the number of a ticket (`%s…`) if the task names one".formatted(prefix)));
    capital.ifPresent(
        upper -> clauses.add(upper ? "goes on with a capital letter" : "goes on in lower case"));
    clauses.add(period ? "ends with a period" : "has no period at its end");
    clauses.add("has at most %d characters".formatted(longest));
    return String.join("; ", clauses);
  }

  /**
   * {@code wanted} as the first line of a commit in this style, as far as knight can see to that.
   *
   * @param fix what a change is called that does not say its type
   */
  public String subject(String wanted, boolean fix) {
    String line = NUMBER.matcher(wanted.strip().replaceAll("\\s+", " ")).replaceFirst("");
    String prefix = prefix(line);
    String rest = line.substring(prefix.length());
    if (conventional && !isConventional(line)) {
      rest = prefix + rest;
      prefix = fix ? "fix: " : "feat: ";
    }
    return shortened(prefix + ended(begun(rest)), longest);
  }

  /** {@code text} as the paragraphs of a commit, at a width that terminals show. */
  static String wrapped(String text) {
    StringBuilder out = new StringBuilder();
    for (String line : text.strip().split("\\R", -1)) {
      int column = 0;
      for (String word : line.strip().split("\\s+", -1)) {
        boolean next = column > 0 && column + 1 + word.length() > WIDTH;
        out.append(column == 0 ? "" : next ? "\n" : " ").append(word);
        column = column == 0 || next ? word.length() : column + 1 + word.length();
      }
      out.append('\n');
    }
    return out.toString().strip();
  }

  private static boolean most(List<Line> lines, Predicate<Line> is) {
    return lines.stream().filter(is).count() >= MOST_OF_THEM * lines.size();
  }

  private static boolean isConventional(String line) {
    Matcher type = PREFIX.matcher(line);
    return type.lookingAt() && TYPES.contains(type.group(1));
  }

  private static String prefix(String line) {
    Matcher ticket = TICKET.matcher(line);
    if (ticket.lookingAt()) {
      return ticket.group();
    }
    Matcher type = PREFIX.matcher(line);
    return type.lookingAt() ? type.group() : "";
  }

  private static Optional<String> ticket(List<Line> lines) {
    return lines.stream()
        .map(line -> TICKET.matcher(line.whole()))
        .filter(Matcher::lookingAt)
        .map(match -> match.group(1))
        .findFirst();
  }

  private static List<String> scopes(List<Line> lines, boolean conventional) {
    return lines.stream()
        .map(line -> PREFIX.matcher(line.whole()))
        .filter(Matcher::lookingAt)
        .flatMap(match -> Optional.ofNullable(match.group(conventional ? 2 : 1)).stream())
        .collect(Collectors.groupingBy(scope -> scope, Collectors.counting()))
        .entrySet()
        .stream()
        .sorted((one, other) -> Long.compare(other.getValue(), one.getValue()))
        .map(java.util.Map.Entry::getKey)
        .limit(MOST_SCOPES)
        .toList();
  }

  private static Optional<Boolean> capital(List<Line> lines) {
    if (most(lines, line -> Character.isUpperCase(line.rest().codePointAt(0)))) {
      return Optional.of(true);
    }
    return most(lines, line -> Character.isLowerCase(line.rest().codePointAt(0)))
        ? Optional.of(false)
        : Optional.empty();
  }

  /** Nine of ten are no longer. */
  private static int longest(List<Line> lines) {
    List<Integer> lengths = lines.stream().map(line -> line.whole().length()).sorted().toList();
    int usual = lengths.get((lengths.size() - 1) * 9 / 10);
    return Math.clamp(usual, SHORTEST_LIMIT, LONGEST_LIMIT);
  }

  /** Only a plain word is changed: names of things are spelt as they are. */
  private String begun(String rest) {
    String word = rest.split("[^\\p{L}\\p{N}_.()-]", 2)[0];
    if (capital.isEmpty() || !word.matches("\\p{L}\\p{Ll}*")) {
      return rest;
    }
    String first = rest.substring(0, 1);
    return (capital.get() ? first.toUpperCase(Locale.ROOT) : first.toLowerCase(Locale.ROOT))
        + rest.substring(1);
  }

  private String ended(String rest) {
    String bare = rest.replaceFirst("(?<!\\.)\\.$", "");
    return period && !bare.isEmpty() ? bare + "." : bare;
  }

  /** Between two words, if there are two. */
  private static String shortened(String line, int most) {
    if (line.length() <= most) {
      return line;
    }
    int space = line.lastIndexOf(' ', most);
    String cut = line.substring(0, space > most / 2 ? space : most);
    return cut.replaceFirst("[\\s,;:.–-]+$", "");
  }
}
