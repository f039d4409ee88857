package dev.knight.setup;

import dev.knight.hygiene.PlainText;
import dev.knight.job.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jline.keymap.BindingReader;
import org.jline.keymap.KeyMap;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;
import org.jspecify.annotations.Nullable;

/** Asks on a terminal, with lists that arrow keys go through. */
final class Keys implements Asker, AutoCloseable {
  private static final int MOST_ROWS = 12;

  /** A list that is longer is found in by typing. */
  private static final int GLANCE = 6;

  private static final AttributedStyle PLAIN = AttributedStyle.DEFAULT;
  private static final int CONTROL_C = 3;
  private static final int LEAST_COLUMNS = 20;
  private static final int LEAST_ROWS = 5;

  private final Terminal terminal;
  private final boolean isColoured;
  private final BindingReader reader;
  private final KeyMap<Key> keys = new KeyMap<>();

  private enum Key {
    UP,
    DOWN,
    PAGE_UP,
    PAGE_DOWN,
    ENTER,
    SPACE,
    ALL,
    ERASE,
    CLEAR,
    LEAVE,
    TYPED,
    OTHER
  }

  private Keys(Terminal terminal, boolean isColoured) {
    this.terminal = terminal;
    this.isColoured = isColoured;
    this.reader = new BindingReader(terminal.reader());
    bind(Key.UP, Capability.key_up, "\033[A", "\033OA", KeyMap.ctrl('P'));
    bind(Key.DOWN, Capability.key_down, "\033[B", "\033OB", KeyMap.ctrl('N'), "\t");
    bind(Key.PAGE_UP, Capability.key_ppage, "\033[5~");
    bind(Key.PAGE_DOWN, Capability.key_npage, "\033[6~");
    bind(Key.OTHER, Capability.key_left, "\033[D", "\033OD", "\033[C", "\033OC");
    bind(Key.ERASE, Capability.key_backspace, KeyMap.del(), "\b");
    keys.bind(Key.ENTER, "\r", "\n");
    keys.bind(Key.SPACE, " ");
    keys.bind(Key.ALL, KeyMap.ctrl('A'));
    keys.bind(Key.CLEAR, KeyMap.ctrl('U'), KeyMap.ctrl('W'));
    keys.bind(Key.LEAVE, String.valueOf((char) CONTROL_C), KeyMap.ctrl('D'));
    for (char letter = '!'; letter <= '~'; letter++) {
      keys.bind(Key.TYPED, String.valueOf(letter));
    }
    keys.setUnicode(Key.TYPED);
    keys.setNomatch(Key.OTHER);
  }

  /** The terminal of this process; empty where it has none that can be drawn on. */
  static Optional<Keys> open(boolean isColoured) {
    try {
      // The provider that needs neither native code nor foreign functions: it asks stty.
      Terminal terminal =
          TerminalBuilder.builder()
              .system(true)
              // As all that knight prints, whatever the locale is.
              .encoding(StandardCharsets.UTF_8)
              .stdinEncoding(StandardCharsets.UTF_8)
              .stdoutEncoding(StandardCharsets.UTF_8)
              .graphemeCluster(false)
              .provider("exec")
              .dumb(false)
              .nativeSignals(false)
              .build();
      return Optional.of(new Keys(terminal, isColoured));
    } catch (IOException | IllegalStateException _) {
      return Optional.empty();
    }
  }

  @Override
  public <T> T choose(Question question, List<Choice<T>> choices, Optional<Integer> usual) {
    Menu menu = new Menu(labels(choices), usual.orElse(0), Set.of());
    String hint = choices.size() > GLANCE ? "type to search, ↑↓, enter" : "↑↓, enter";
    raw(() -> {
      chosen(question, choices, menu, hint, false);
      return menu;
    });
    Choice<T> choice = choices.get(menu.current());
    settle(question, choice.label());
    return choice.value();
  }

  @Override
  public <T> List<T> pick(Question question, List<Choice<T>> choices, Set<Integer> usual) {
    int first = usual.stream().min(Integer::compare).orElse(0);
    Menu menu = new Menu(labels(choices), first, usual);
    raw(() -> {
      chosen(question, choices, menu, "type to search, space marks, ^A all, enter", true);
      return menu;
    });
    // Enter on a line with no mark anywhere means that line.
    Set<Integer> picked =
        menu.marked().isEmpty() ? Set.of(menu.current()) : new TreeSet<>(menu.marked());
    List<Choice<T>> all = picked.stream().map(choices::get).toList();
    settle(question, all.stream().map(Choice::label).collect(Collectors.joining(", ")));
    return all.stream().map(Choice::value).toList();
  }

  @Override
  public String text(Question question, Optional<String> usual) {
    String hint = usual.map(" (%s)"::formatted).orElse("");
    String said = raw(() -> typed(question.words() + hint, usual.isPresent(), text -> text));
    String answer = said.isEmpty() ? usual.orElse("") : said;
    settle(question, answer);
    return answer;
  }

  @Override
  public Secret secret(Question question) {
    String said = raw(() -> typed(question.words(), false, text -> "*".repeat(text.length())));
    settle(question, "*".repeat(Math.min(said.length(), 8)));
    return new Secret(said);
  }

  @Override
  public boolean agree(Question question, boolean usual) {
    List<Choice<Boolean>> choices = List.of(Choice.of(true, "Yes"), Choice.of(false, "No"));
    return choose(question, choices, Optional.of(usual ? 0 : 1));
  }

  @Override
  public boolean isPerson() {
    return true;
  }

  @Override
  public void close() {
    try {
      terminal.close();
    } catch (IOException stays) {
      throw new UncheckedIOException(stays);
    }
  }

  // ---- a list

  private <T> void chosen(
      Question question, List<Choice<T>> choices, Menu menu, String hint, boolean marks) {
    Display display = display();
    while (true) {
      show(display, drawn(question, choices, menu, hint, marks));
      switch (read()) {
        case UP -> menu.move(-1);
        case DOWN -> menu.move(1);
        case PAGE_UP -> menu.leap(-MOST_ROWS);
        case PAGE_DOWN -> menu.leap(MOST_ROWS);
        case SPACE -> space(menu, marks);
        case ALL -> all(menu, marks);
        case ERASE -> menu.erase();
        case CLEAR -> menu.clear();
        case TYPED -> menu.type(reader.getLastBinding());
        case OTHER -> {}
        case LEAVE -> {
          show(display, List.of());
          throw new LeftException();
        }
        case ENTER -> {
          if (!menu.isEmpty()) {
            show(display, List.of());
            return;
          }
        }
      }
    }
  }

  private static void space(Menu menu, boolean marks) {
    if (marks) {
      menu.toggle();
    } else {
      menu.type(" ");
    }
  }

  private static void all(Menu menu, boolean marks) {
    if (marks) {
      menu.toggleAll();
    }
  }

  private <T> List<AttributedString> drawn(
      Question question, List<Choice<T>> choices, Menu menu, String hint, boolean marks) {
    List<AttributedString> lines = new ArrayList<>();
    String typed = menu.filter().isEmpty() ? "" : " " + menu.filter();
    lines.add(
        line()
            .append("? ", cyan())
            .append(question.words(), PLAIN.bold())
            .append(typed, cyan())
            .append("  " + hint, faint())
            .toAttributedString());
    for (int at : menu.window(rows())) {
      boolean isCurrent = at == menu.current();
      Choice<T> choice = choices.get(at);
      String mark = marks ? (menu.marked().contains(at) ? "◉ " : "◯ ") : "";
      AttributedStringBuilder row =
          line()
              .append(isCurrent ? "❯ " : "  ", cyan())
              .append(mark + PlainText.line(choice.label()), isCurrent ? cyan() : PLAIN);
      if (!choice.note().isEmpty()) {
        row.append("  " + PlainText.line(choice.note()), faint());
      }
      lines.add(row.toAttributedString());
    }
    if (menu.isEmpty()) {
      lines.add(line().append("  Nothing is called so.", faint()).toAttributedString());
    } else if (menu.size() > rows()) {
      String count =
          "  %d in all%s"
              .formatted(menu.size(), marks ? ", %d marked".formatted(menu.marked().size()) : "");
      lines.add(line().append(count, faint()).toAttributedString());
    }
    return lines;
  }

  private static <T> List<String> labels(List<Choice<T>> choices) {
    return choices.stream().map(Choice::label).toList();
  }

  private int rows() {
    return Math.clamp(size().getRows() - 4L, 3, MOST_ROWS);
  }

  // ---- a line

  /** What is typed until Enter, shown as {@code mask} has it. */
  private String typed(String words, boolean mayBeEmpty, Function<String, String> mask) {
    Display display = display();
    StringBuilder said = new StringBuilder();
    while (true) {
      show(
          display,
          List.of(
              line()
                  .append("? ", cyan())
                  .append(words + " ", PLAIN.bold())
                  .append(mask.apply(said.toString()), cyan())
                  .toAttributedString()));
      switch (read()) {
        case TYPED -> said.append(reader.getLastBinding());
        case SPACE -> said.append(' ');
        case ERASE -> said.setLength(Math.max(0, said.length() - 1));
        case CLEAR -> said.setLength(0);
        case UP, DOWN, PAGE_UP, PAGE_DOWN, ALL, OTHER -> {}
        case LEAVE -> {
          show(display, List.of());
          throw new LeftException();
        }
        case ENTER -> {
          String answer = said.toString().strip();
          if (mayBeEmpty || !answer.isEmpty()) {
            show(display, List.of());
            return answer;
          }
        }
      }
    }
  }

  // ---- the terminal

  /** The answer stays on the screen, in the place of its question. */
  private void settle(Question question, String answer) {
    AttributedString line =
        line()
            .append("✓ ", green())
            .append(question.words() + " ", PLAIN)
            .append(PlainText.line(answer), cyan())
            .toAttributedString();
    terminal.writer().println(isColoured ? line.toAnsi(terminal) : line.toString());
    terminal.flush();
  }

  /** A terminal that has no size, as one that a script has made, is as large as one used to be. */
  private Size size() {
    Size size = terminal.getSize();
    return size.getColumns() < LEAST_COLUMNS || size.getRows() < LEAST_ROWS
        ? Size.of(80, 24)
        : size;
  }

  private Display display() {
    Display display = new Display(terminal, false);
    display.resize(size());
    return display;
  }

  private void show(Display display, List<AttributedString> lines) {
    int width = size().getColumns();
    List<AttributedString> fitting =
        lines.stream()
            .map(line -> isColoured ? line : new AttributedString(line.toString()))
            .map(line -> line.columnSubSequence(0, width - 1))
            .toList();
    display.update(fitting, -1);
  }

  private Key read() {
    @Nullable Key key = reader.readBinding(keys);
    return key == null ? Key.LEAVE : key;
  }

  private interface Answering<T> {
    T answer();
  }

  /** Each key is read as it comes, Ctrl-C too, so that the terminal is never left in that state. */
  private <T> T raw(Answering<T> answering) {
    Attributes before = terminal.enterRawMode();
    try {
      Attributes own = terminal.getAttributes();
      own.setLocalFlag(Attributes.LocalFlag.ISIG, false);
      terminal.setAttributes(own);
      return answering.answer();
    } finally {
      terminal.setAttributes(before);
      terminal.flush();
    }
  }

  private void bind(Key key, Capability capability, String... sequences) {
    @Nullable String own = KeyMap.key(terminal, capability);
    if (own != null && !own.isEmpty()) {
      keys.bind(key, own);
    }
    keys.bind(key, sequences);
  }

  private static AttributedStringBuilder line() {
    return new AttributedStringBuilder();
  }

  private static AttributedStyle cyan() {
    return PLAIN.foreground(AttributedStyle.CYAN);
  }

  private static AttributedStyle green() {
    return PLAIN.foreground(AttributedStyle.GREEN);
  }

  private static AttributedStyle faint() {
    return PLAIN.faint();
  }
}
