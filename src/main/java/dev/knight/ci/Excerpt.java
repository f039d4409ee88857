package dev.knight.ci;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What matters of a job's log: the step that failed, what it was told to run, the lines around its
 * errors, and its last ones.
 *
 * @param command what the step ran, if the log says so
 * @param text the lines, plain, a few thousand characters
 */
record Excerpt(Optional<String> command, String text) {
  /** A person finds the cause in less; so does a model. */
  static final int LONGEST = 6_000;

  /** More than a step prints that anybody reads; what is before is not looked at. */
  private static final int MOST_LINES = 20_000;

  private static final int AROUND = 4;
  private static final int LAST = 30;

  private static final Pattern TIME =
      Pattern.compile("^\\uFEFF?[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,20}Z ?");

  /** Colours and other orders to a terminal. */
  private static final Pattern TERMINAL =
      Pattern.compile("\\x1B(?:\\[[0-?]*[ -/]*[@-~]|\\][^\\x07\\x1B]*(?:\\x07|\\x1B\\\\)?|[@-Z])");

  private static final Pattern ERROR =
      Pattern.compile(
          "(?i)\\b(?:errors?|fail(?:s|ed|ures?|ing)?|exceptions?|assert(?:ion)?\\w*|expected|panic(?:ked)?"
              + "|traceback|undefined|cannot|not ok|fatal)\\b|[✗✘×❌]");

  private static final String RUN = "##[group]Run ";
  private static final String FAILED = "##[error]";
  private static final Pattern MARK = Pattern.compile("^##\\[(\\w+)]");

  /** Of a whole log as Actions writes it. */
  static Excerpt of(String log) {
    List<String> lines = lines(log);
    int end = first(lines, 0, FAILED).orElse(lines.size() - 1);
    int start = last(lines, end, RUN).orElse(0);
    Optional<String> command =
        lines.isEmpty() || !lines.get(start).startsWith(RUN)
            ? Optional.empty()
            : Optional.of(lines.get(start).substring(RUN.length()).strip());
    List<String> step = lines.subList(start, Math.min(lines.size(), end + 1));
    return new Excerpt(command, text(step));
  }

  /** Of what a check says of itself. */
  static Excerpt said(String text) {
    return new Excerpt(Optional.empty(), bounded(String.join("\n", lines(text)).strip()));
  }

  private static List<String> lines(String log) {
    List<String> all = log.lines().map(Excerpt::plain).toList();
    return all.subList(Math.max(0, all.size() - MOST_LINES), all.size());
  }

  private static String plain(String line) {
    String seen = TERMINAL.matcher(TIME.matcher(line).replaceFirst("")).replaceAll("");
    return seen.stripTrailing();
  }

  private static Optional<Integer> first(List<String> lines, int from, String mark) {
    for (int at = from; at < lines.size(); at++) {
      if (lines.get(at).startsWith(mark)) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }

  private static Optional<Integer> last(List<String> lines, int from, String mark) {
    for (int at = Math.min(from, lines.size() - 1); at >= 0; at--) {
      if (lines.get(at).startsWith(mark)) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }

  private static String text(List<String> step) {
    TreeSet<Integer> chosen = new TreeSet<>();
    for (int at = 0; at < step.size(); at++) {
      boolean speaks = at >= step.size() - LAST || ERROR.matcher(step.get(at)).find();
      for (int near = at - AROUND; speaks && near <= at + AROUND; near++) {
        if (near >= 0 && near < step.size()) {
          chosen.add(near);
        }
      }
    }
    List<String> text = new ArrayList<>();
    int before = -1;
    for (int at : chosen) {
      if (at > before + 1) {
        text.add("[...]");
      }
      shown(step.get(at)).ifPresent(text::add);
      before = at;
    }
    return bounded(text.stream().collect(Collectors.joining("\n")).strip());
  }

  /** A line without the runner's own marks; where its groups end is nobody's concern. */
  private static Optional<String> shown(String line) {
    Matcher mark = MARK.matcher(line);
    if (!mark.find()) {
      return Optional.of(line);
    }
    return switch (mark.group(1)) {
      case "endgroup", "debug" -> Optional.empty();
      default -> Optional.of(line.substring(mark.end()));
    };
  }

  /** The first errors are often the cause, and the last lines the sum: of a long text both stay. */
  private static String bounded(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int half = LONGEST / 2;
    return text.substring(0, whole(text, half))
        + "\n[...]\n"
        + text.substring(whole(text, text.length() - half));
  }

  private static int whole(String text, int at) {
    return Character.isLowSurrogate(text.charAt(at)) ? at + 1 : at;
  }
}
