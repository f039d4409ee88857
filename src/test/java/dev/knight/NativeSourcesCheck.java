package dev.knight;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.knight.git.ConfigWords;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * What the compiler of the native executable would be given, which {@code scripts/test} makes after
 * all other tests: whether the framework has told it all that knight needs.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NativeSourcesCheck {
  private static final Path CLASSES = Path.of("target/classes");
  private static final Path SOURCES = Path.of("target/native-sources");

  @Test
  void each_command_and_each_record_of_the_api_is_registered() throws Exception {
    List<String> registered = texts("reflect-config.json", "name");

    assertThat(types("dev.knight.cli."))
        .filteredOn(NativeSourcesCheck::isOfCommands)
        .hasSizeGreaterThan(20)
        .allMatch(type -> registered.contains(type.getName()));
    assertThat(types("dev.knight.api."))
        .filteredOn(type -> type.isRecord() || type.isEnum())
        .hasSizeGreaterThan(20)
        .allMatch(type -> registered.contains(type.getName()));
  }

  @Test
  void each_word_of_jgit_is_registered() throws IOException {
    Class<?>[] words = ConfigWords.class.getAnnotation(RegisterForReflection.class).targets();

    assertThat(texts("reflect-config.json", "name"))
        .containsAll(Arrays.stream(words).map(Class::getName).toList());
    assertThat(texts("resource-config.json", "name"))
        .contains("org.eclipse.jgit.internal.JGitText");
  }

  @Test
  void each_resource_is_taken_along() throws IOException {
    List<Pattern> taken =
        texts("resource-config.json", "pattern").stream().map(Pattern::compile).toList();

    try (Stream<Path> files = Files.walk(CLASSES)) {
      assertThat(files)
          .filteredOn(file -> Files.isRegularFile(file) && !file.toString().endsWith(".class"))
          .map(file -> CLASSES.relativize(file).toString())
          .filteredOn(file -> !file.equals("application.properties"))
          .filteredOn(file -> !file.startsWith("META-INF/"))
          .hasSizeGreaterThan(70)
          .allMatch(file -> taken.stream().anyMatch(it -> it.matcher(file).matches()));
    }
  }

  private static boolean isOfCommands(Class<?> type) {
    return type.isAnnotationPresent(Command.class)
        || Stream.of(type.getDeclaredFields(), type.getDeclaredMethods())
            .flatMap(Arrays::stream)
            .anyMatch(member ->
                member.isAnnotationPresent(Option.class)
                    || member.isAnnotationPresent(Parameters.class));
  }

  private static List<? extends Class<?>> types(String prefix) throws ClassNotFoundException {
    List<Class<?>> types = new ArrayList<>();
    for (ByteCode.Compiled type : ByteCode.around(Main.class).classes()) {
      if (type.name().startsWith(prefix)) {
        types.add(Class.forName(type.name(), false, Main.class.getClassLoader()));
      }
    }
    return types;
  }

  private static List<String> texts(String file, String key) throws IOException {
    try (FileSystem jar = FileSystems.newFileSystem(SOURCES.resolve("knight.jar"))) {
      JsonNode root =
          new ObjectMapper()
              .readTree(Files.readString(jar.getPath("META-INF/native-image").resolve(file)));
      return root.findValuesAsText(key);
    }
  }
}
