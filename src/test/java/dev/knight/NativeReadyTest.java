package dev.knight;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.ByteCode.Code;
import dev.knight.ByteCode.Compiled;
import dev.knight.ByteCode.Use;
import dev.knight.git.ConfigWords;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Config;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * The native executable is made once, and then runs anywhere: it has what it was told to take
 * along, and what a class holds when it is built is what it holds for ever. Without its compiler,
 * this is read from the byte code.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NativeReadyTest {
  private static final String AT_RUN_TIME = "--initialize-at-run-time=";

  /** What the framework takes along by itself, or needs only to build. */
  private static final Pattern OF_THE_FRAMEWORK =
      Pattern.compile(
          "application\\.properties|db/migration/V\\d+__\\w+\\.sql|templates/.*\\.html"
              + "|META-INF/services/(io\\.smallrye\\.config\\.ConfigSourceFactory"
              + "|jakarta\\.enterprise\\.inject\\.build\\.compatible\\..*)");

  /** Finds by name what the compiler cannot see, or lists what has no list in an executable. */
  private static final Pattern BY_NAME =
      Pattern.compile(
          "java\\.lang\\.Class\\.(forName|newInstance|getResource"
              + "|get(Declared)?(Methods?|Fields?|Constructors?|Classes)|getRecordComponents)"
              + "|java\\.lang\\.ClassLoader\\..*"
              + "|java\\.lang\\.reflect\\.(Proxy|Method|Field|Constructor)\\..*"
              + "|java\\.lang\\.invoke\\.MethodHandles\\$Lookup\\.(find|unreflect).*"
              + "|java\\.util\\.(ServiceLoader|ResourceBundle)\\..*"
              + "|java\\.io\\.Object(Input|Output)Stream\\..*");

  /** What differs from machine to machine, or from start to start. */
  private static final Pattern OF_THE_MACHINE =
      Pattern.compile(
          "java\\.lang\\.System\\.(getenv|getPropert(y|ies)|currentTimeMillis|nanoTime|console)"
              + "|java\\.lang\\.(Runtime|ProcessHandle|ProcessBuilder|Thread)\\..*"
              + "|java\\.lang\\.(Integer\\.getInteger|Long\\.getLong|Boolean\\.getBoolean)"
              + "|java\\.util\\.Locale\\.getDefault|java\\.time\\.ZoneId\\.systemDefault"
              + "|java\\.util\\.TimeZone\\.getDefault"
              + "|java\\.nio\\.charset\\.Charset\\.defaultCharset"
              + "|java\\.time\\.(Instant|LocalDate|LocalDateTime|ZonedDateTime)\\.now"
              + "|java\\.util\\.UUID\\.randomUUID|java\\.lang\\.Math\\.random"
              + "|java\\.util\\.concurrent\\.Executors\\..*"
              + "|java\\.nio\\.file\\.Path\\.to(Absolute|Real)Path|java\\.nio\\.file\\.Files\\..*"
              + "|java\\.net\\..*Address\\..*|java\\.net\\.http\\..*");

  private static final Pattern HOLDS_THE_MACHINE =
      Pattern.compile(
          "java\\.util\\.(\\w*Random|Timer|TimeZone|Locale)|java\\.security\\.SecureRandom"
              + "|java\\.util\\.random\\..*|java\\.lang\\.(Thread(Local)?|Process\\w*)"
              + "|java\\.util\\.concurrent\\.(\\w*Executor\\w*|\\w*Pool\\w*|Semaphore)"
              + "|java\\.time\\.(Instant|Clock|InstantSource|ZoneId)|java\\.io\\.File"
              + "|java\\.nio\\.(file\\.FileSystem|charset\\.Charset)"
              + "|java\\.net\\.(?!URI$).*|javax\\.net\\..*");

  /** A parser's tables begin with a number of chance; what a terminal is like is asked once. */
  private static final Pattern HOLDS_A_SEED_OR_A_TERMINAL =
      Pattern.compile(
          "com\\.fasterxml\\.jackson\\.(core\\.JsonFactory|databind\\.[\\w.]+)|org\\.jline\\..*");

  private static final Path PROPERTIES = Path.of("src/main/resources/application.properties");

  private static final ByteCode KNIGHT = ByteCode.around(Main.class);
  private static final Map<Use, List<Code>> METHODS = methods();

  @Test
  void each_resource_is_taken_along() throws IOException {
    List<String> included =
        List.of(properties().getProperty("quarkus.native.resources.includes").split(","));
    Path root = ByteCode.place(Main.class);

    try (Stream<Path> files = Files.walk(root)) {
      assertThat(files)
          .filteredOn(file -> Files.isRegularFile(file) && !file.toString().endsWith(".class"))
          .map(root::relativize)
          .filteredOn(file -> !OF_THE_FRAMEWORK.matcher(file.toString()).matches())
          .hasSizeGreaterThan(30)
          .allMatch(file -> included.stream().anyMatch(glob -> matches(glob, file)));
    }
  }

  @Test
  void knight_reaches_nothing_by_its_name() {
    assertThat(KNIGHT.classes()).hasSizeGreaterThan(500);
    assertThat(KNIGHT.classes().stream().flatMap(type -> uses(type, BY_NAME))).isEmpty();
  }

  @Test
  void each_word_that_jgit_reads_from_a_configuration_is_registered() {
    ByteCode jgit = ByteCode.around(Config.class);
    Set<String> enums =
        jgit.classes().stream()
            .filter(type -> type.methods().stream().anyMatch(it -> it.name().equals("values")))
            .map(Compiled::name)
            .collect(toSet());
    Set<String> read =
        jgit.classes().stream()
            .flatMap(type -> type.methods().stream())
            .filter(code -> code.uses().stream().anyMatch(it -> it.name().equals("getEnum")))
            .flatMap(code -> code.uses().stream())
            .map(Use::owner)
            .filter(enums::contains)
            .collect(toCollection(TreeSet::new));
    RegisterForReflection registered = ConfigWords.class.getAnnotation(RegisterForReflection.class);

    assertThat(read).hasSizeGreaterThan(20);
    assertThat(Arrays.stream(registered.targets()).map(Class::getName))
        .containsExactlyInAnyOrderElementsOf(read);
  }

  @Test
  void what_is_made_when_it_is_built_holds_nothing_of_the_machine() throws IOException {
    Set<String> atRunTime = initialisedAtRunTime();
    List<Compiled> made =
        KNIGHT.classes().stream().filter(it -> !isIn(atRunTime, it.name())).toList();

    assertThat(made).hasSizeGreaterThan(500);
    assertThat(made.stream().flatMap(type -> statics(type, HOLDS_THE_MACHINE))).isEmpty();
    assertThat(made.stream().flatMap(type -> reachedAtBuildTime(type, atRunTime).stream()))
        .isEmpty();
  }

  @Test
  void what_holds_a_seed_or_a_terminal_is_made_where_it_runs() throws IOException {
    Set<String> atRunTime = initialisedAtRunTime();

    assertThat(KNIGHT.classes())
        .filteredOn(type -> statics(type, HOLDS_A_SEED_OR_A_TERMINAL).findAny().isPresent())
        .map(Compiled::name)
        .hasSizeGreaterThan(5)
        .allMatch(name -> isIn(atRunTime, name));
    assertThat(atRunTime).contains("org.jline", "org.newsclub.net.unix");
    assertThat(atRunTime)
        .filteredOn(name -> name.startsWith("dev.knight."))
        .allMatch(name -> KNIGHT.classes().stream().anyMatch(it -> it.name().equals(name)));
  }

  /**
   * What of the machine, or of the classes made later, is met while {@code type} is initialised.
   */
  private static List<String> reachedAtBuildTime(Compiled type, Set<String> atRunTime) {
    List<String> found = new ArrayList<>();
    Deque<Code> open = new ArrayDeque<>();
    type.methods().stream().filter(Code::isStaticInitialiser).forEach(open::add);
    Set<Code> seen = new HashSet<>(open);
    while (!open.isEmpty()) {
      for (Use use : open.pop().uses()) {
        if (OF_THE_MACHINE.matcher(use.toString()).matches() || isIn(atRunTime, use.owner())) {
          found.add(type.name() + ": " + use);
        }
        METHODS.getOrDefault(use, List.of()).stream().filter(seen::add).forEach(open::add);
      }
    }
    return found;
  }

  /** The methods of knight, each by a call of it. */
  private static Map<Use, List<Code>> methods() {
    return KNIGHT.classes().stream()
        .flatMap(type -> type.methods().stream().map(code -> Map.entry(call(type, code), code)))
        .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toList())));
  }

  private static Use call(Compiled type, Code code) {
    return new Use(type.name(), code.name(), code.descriptor());
  }

  private static Stream<String> uses(Compiled type, Pattern forbidden) {
    return type.methods().stream()
        .flatMap(code -> code.uses().stream())
        .map(Use::toString)
        .filter(use -> forbidden.matcher(use).matches())
        .map(use -> type.name() + ": " + use);
  }

  private static Stream<String> statics(Compiled type, Pattern held) {
    return type.fields().stream()
        .filter(field -> field.isStatic() && held.matcher(field.type()).matches())
        .map(field -> type.name() + "." + field.name());
  }

  /** Whether {@code type} or its package is in {@code names}. */
  private static boolean isIn(Set<String> names, String type) {
    return names.stream().anyMatch(name -> type.equals(name) || type.startsWith(name + "."));
  }

  private static Set<String> initialisedAtRunTime() throws IOException {
    return Stream.of(properties().getProperty("quarkus.native.additional-build-args").split(","))
        .filter(argument -> argument.startsWith(AT_RUN_TIME))
        .map(argument -> argument.substring(AT_RUN_TIME.length()))
        .collect(toSet());
  }

  private static Properties properties() throws IOException {
    Properties properties = new Properties();
    try (Reader file = Files.newBufferedReader(PROPERTIES)) {
      properties.load(file);
    }
    return properties;
  }

  private static boolean matches(String glob, Path file) {
    return file.getFileSystem().getPathMatcher("glob:" + glob).matches(file);
  }
}
