package dev.knight.setup;

import dev.knight.hygiene.PlainText;
import dev.knight.job.Secret;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks line by line, with numbers to choose by: for a pipe, and for terminals without keys. */
final class Lines implements Asker {
  private static final int TRIES = 3;
  private static final Pattern PARTS = Pattern.compile("[,\\s]+");

  private final BufferedReader in;
  private final PrintWriter out;

  /** Reads answers from {@code in}, and writes questions to {@code out}. */
  Lines(BufferedReader in, PrintWriter out) {
    this.in = in;
    this.out = out;
  }

  @Override
  public <T> T choose(Question question, List<Choice<T>> choices, Optional<Integer> usual) {
    list(question, choices, usual.map(Set::of).orElse(Set.of()));
    String hint = usual.map(at -> "Number [%d]: ".formatted(at + 1)).orElse("Number: ");
    for (int tries = 0; tries < TRIES; tries++) {
      String said = line(question, hint);
      Optional<Integer> at = said.isEmpty() ? usual : index(said, choices);
      if (at.isPresent()) {
        return choices.get(at.get()).value();
      }
      out.println("Write a number from 1 to %d.".formatted(choices.size()));
    }
    throw question.unanswered();
  }

  @Override
  public <T> List<T> pick(Question question, List<Choice<T>> choices, Set<Integer> usual) {
    list(question, choices, usual);
    String hint =
        usual.isEmpty()
            ? "Numbers or names, with commas: "
            : "Numbers or names, with commas [%s]: "
                .formatted(
                    new TreeSet<>(usual)
                        .stream().map(at -> "" + (at + 1)).collect(Collectors.joining(",")));
    for (int tries = 0; tries < TRIES; tries++) {
      Set<Integer> picked = picked(line(question, hint), choices, usual);
      if (!picked.isEmpty()) {
        return picked.stream().map(choices::get).map(Choice::value).toList();
      }
      out.println("Write at least one number from 1 to %d.".formatted(choices.size()));
    }
    throw question.unanswered();
  }

  @Override
  public String text(Question question, Optional<String> usual) {
    String hint = usual.map(" [%s]: "::formatted).orElse(": ");
    for (int tries = 0; tries < TRIES; tries++) {
      String said = line(question, question.words() + hint);
      if (!said.isEmpty() || usual.isPresent()) {
        return said.isEmpty() ? usual.orElseThrow() : said;
      }
    }
    throw question.unanswered();
  }

  @Override
  public Secret secret(Question question) {
    Optional<Console> console = console();
    if (console.isPresent()) {
      char @Nullable [] typed = console.get().readPassword("%s: ", question.words());
      if (typed == null) {
        throw new LeftException();
      }
      return new Secret(new String(typed).strip());
    }
    String said = line(question, question.words() + ": ");
    if (said.isEmpty()) {
      throw question.unanswered();
    }
    return new Secret(said);
  }

  @Override
  public boolean agree(Question question, boolean usual) {
    String said =
        line(question, question.words() + (usual ? " [Y/n]: " : " [y/N]: "))
            .toLowerCase(Locale.ROOT);
    return said.isEmpty() ? usual : said.startsWith("y");
  }

  @Override
  public boolean isPerson() {
    return true;
  }

  private <T> void list(Question question, List<Choice<T>> choices, Set<Integer> marked) {
    out.println(question.words());
    for (int at = 0; at < choices.size(); at++) {
      Choice<T> choice = choices.get(at);
      String note = choice.note().isEmpty() ? "" : "  (" + choice.note() + ")";
      out.println(
          "%s%3d) %s"
              .formatted(
                  marked.contains(at) ? "*" : " ", at + 1, PlainText.line(choice.label() + note)));
    }
  }

  private String line(Question question, String prompt) {
    out.print(prompt);
    out.flush();
    try {
      @Nullable String said = in.readLine();
      if (said == null || console().isEmpty()) {
        // Nobody's typing has ended the line.
        out.println();
      }
      if (said == null) {
        throw question.unanswered();
      }
      return said.strip();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static Optional<Console> console() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal);
  }

  private static <T> Set<Integer> picked(String said, List<Choice<T>> choices, Set<Integer> usual) {
    if (said.isEmpty()) {
      return new TreeSet<>(usual);
    }
    Set<Integer> picked = new TreeSet<>();
    List<Optional<Integer>> places =
        PARTS.splitAsStream(said).map(word -> index(word, choices)).toList();
    if (places.contains(Optional.<Integer>empty())) {
      return Set.of();
    }
    places.forEach(place -> picked.add(place.orElseThrow()));
    return picked;
  }

  /** By number, or by the very label. */
  private static <T> Optional<Integer> index(String said, List<Choice<T>> choices) {
    List<Integer> fitting = new ArrayList<>();
    for (int at = 0; at < choices.size(); at++) {
      if (said.equals(Integer.toString(at + 1)) || said.equalsIgnoreCase(choices.get(at).label())) {
        fitting.add(at);
      }
    }
    return fitting.stream().findFirst();
  }
}
