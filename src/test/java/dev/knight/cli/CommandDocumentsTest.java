package dev.knight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.WrittenPart;
import dev.knight.api.BackupView;
import dev.knight.api.CheckView;
import dev.knight.api.ConventionView;
import dev.knight.api.DiffView;
import dev.knight.api.EffectView;
import dev.knight.api.EventView;
import dev.knight.api.JobDetails;
import dev.knight.api.JobView;
import dev.knight.api.LiveLine;
import dev.knight.api.RestoreView;
import dev.knight.api.SetbacksView;
import dev.knight.api.StatsView;
import dev.knight.api.UsedView;
import dev.knight.cli.HelpBlock.Entry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code docs/commands.md} says of the commands what they say of themselves. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CommandDocumentsTest {
  private static final Path SOURCES = Path.of("src/main/java");

  /** What answers with a text, a file or another program, and with no list or state. */
  private static final List<String> WITHOUT_JSON =
      List.of("serve", "run", "completion", "help", "init", "demo");

  /** What {@code --json} prints, by the title that the page gives it. */
  private static final Map<String, List<Class<? extends Record>>> FIELDS = fields();

  @TempDir Path home;

  @Test
  void the_page_has_every_command_with_its_options() throws IOException {
    WrittenPart.assertSame(
        "commands.md",
        "commands",
        CommandModel.commands(knight()).stream()
            .map(CommandDocumentsTest::section)
            .collect(Collectors.joining("\n")));
  }

  @Test
  void the_page_has_every_exit_code() throws IOException {
    WrittenPart.assertSame(
        "commands.md",
        "exit-codes",
        HelpTopic.EXIT_CODES.blocks(new FakeProgram(home)).stream()
            .flatMap(block -> block instanceof Entry entry ? Stream.of(entry) : Stream.empty())
            .map(code -> "| %s | %s |\n".formatted(code.term(), code.words()))
            .collect(Collectors.joining("", "| code | means |\n| --- | --- |\n", "")));
  }

  @Test
  void the_page_has_every_field_of_what_is_printed_as_json() throws IOException {
    StringBuilder part = new StringBuilder();
    for (Map.Entry<String, List<Class<? extends Record>>> fields : FIELDS.entrySet()) {
      part.append(part.isEmpty() ? "" : "\n").append("### ").append(fields.getKey()).append('\n');
      for (Class<? extends Record> type : fields.getValue()) {
        part.append('\n').append(table(type, fields.getValue().size() > 1));
      }
    }
    WrittenPart.assertSame("commands.md", "json", part.toString());
  }

  @Test
  void every_command_answers_in_json_but_those_that_have_nothing_to_list() {
    List<String> without =
        knight().getSubcommands().values().stream()
            .map(CommandLine::getCommandSpec)
            .filter(command -> !command.usageMessage().hidden())
            .filter(command -> !answersInJson(command))
            .map(CommandSpec::name)
            .toList();

    assertThat(without).isSubsetOf(WITHOUT_JSON);
  }

  private static boolean answersInJson(CommandSpec command) {
    return command.findOption("--json") != null
        || command.subcommands().values().stream()
            .anyMatch(below -> answersInJson(below.getCommandSpec()));
  }

  private CommandLine knight() {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    return CommandTree.create(
        new FakeProgram(home),
        new Terminal(nowhere, nowhere, false, false, 80),
        Optional.of(new Rehearsals((_, _) -> 0, CommandDocumentsTest::none, (_, _) -> 0)));
  }

  private static ChaosReport none(Chaos.Order order, PrintWriter progress) {
    throw new IllegalStateException("Nobody asked for it");
  }

  private static String section(CommandSpec command) {
    String rows =
        CommandModel.own(command).stream()
            .map(option ->
                "| `%s` | %s |\n"
                    .formatted(CommandModel.term(option), CommandModel.description(option)))
            .collect(Collectors.joining());
    String options = rows.isEmpty() ? "" : "\n| option | does |\n| --- | --- |\n" + rows;
    return "### `%s`\n\n%s\n%s"
        .formatted(CommandModel.synopsis(command), CommandModel.description(command), options);
  }

  private static Map<String, List<Class<? extends Record>>> fields() {
    Map<String, List<Class<? extends Record>>> fields = new LinkedHashMap<>();
    fields.put(
        "A job: `jobs` (an array of them; `--watch`: one on each line), `enqueue`, `steer`, `stop`, `retry`, `release`",
        List.of(JobView.class));
    fields.put(
        "`show`",
        List.of(
            JobDetails.class,
            UsedView.class,
            DiffView.class,
            DiffView.FileChange.class,
            CheckView.class,
            SetbacksView.class,
            EventView.class,
            EffectView.class));
    fields.put("`attach`, one on each line", List.of(LiveLine.class));
    fields.put("`memory`, an array of them", List.of(ConventionView.class));
    fields.put("`stats`", List.of(StatsView.class));
    fields.put("`backup`", List.of(BackupView.class));
    fields.put("`restore`", List.of(RestoreView.class));
    return fields;
  }

  private static String table(Class<? extends Record> type, boolean isNamed) throws IOException {
    Map<String, String> words = words(JobView.class); // what only a job has is said once
    words.putAll(words(type));
    String rows =
        Arrays.stream(type.getRecordComponents())
            .map(field ->
                "| `%s` | %s | %s |\n"
                    .formatted(
                        field.getName(), type(field), words.getOrDefault(field.getName(), "")))
            .collect(Collectors.joining())
            .replace("|  |", "| |");
    String name = isNamed ? "%s:\n\n".formatted(name(type)) : "";
    return name + "| field | is | means |\n| --- | --- | --- |\n" + rows;
  }

  /** What the source says of each component. */
  private static Map<String, String> words(Class<?> type) throws IOException {
    Class<?> outer = type.getEnclosingClass() == null ? type : type.getEnclosingClass();
    String source = Files.readString(SOURCES.resolve(outer.getName().replace('.', '/') + ".java"));
    int at = source.indexOf("record " + type.getSimpleName() + "(");
    String comment = source.substring(source.lastIndexOf("/**", at), at);
    Map<String, String> words = new LinkedHashMap<>();
    Matcher parameters =
        Pattern.compile("@param (\\w+)\\s(.*?)(?=@param|\\*/)", Pattern.DOTALL).matcher(comment);
    while (parameters.find()) {
      words.put(
          parameters.group(1),
          parameters
              .group(2)
              .replaceAll("\\s*\\n\\s*\\*\\s*", " ")
              .replaceAll("\\{@code ([^}]*)}", "`$1`")
              .replaceAll("\\{@link [\\w.#]* ?([^}]*)}", "$1")
              .strip());
    }
    return words;
  }

  private static String type(RecordComponent field) {
    return type(field.getGenericType());
  }

  private static String type(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type inner = generic.getActualTypeArguments()[0];
      return generic.getRawType() == Optional.class
          ? type(inner) + " or null"
          : generic.getRawType() == List.class ? "array of " + type(inner) : "object";
    }
    if (!(type instanceof Class<?> plain)) {
      return "value";
    }
    if (plain == String.class || plain == URI.class || plain.isEnum()) {
      return "text";
    }
    if (plain == Instant.class) {
      return "time";
    }
    if (plain == boolean.class) {
      return "true or false";
    }
    return plain.isPrimitive() || Number.class.isAssignableFrom(plain) || plain == BigDecimal.class
        ? "number"
        : name(plain);
  }

  private static String name(Class<?> type) {
    return type.getSimpleName()
        .replaceFirst("View$", "")
        .replaceAll("([a-z])([A-Z])", "$1 $2")
        .toLowerCase(Locale.ROOT);
  }
}
