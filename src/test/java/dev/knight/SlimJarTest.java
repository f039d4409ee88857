package dev.knight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.AttributeMapper;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code scripts/lib/SlimJar.java} makes of a jar. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SlimJarTest {
  private static final Instant TIME = Instant.parse("2026-11-26T00:00:00Z");
  private static final String OLD = "picocli/CommandLine.class";
  private static final String OWN = "dev/knight/Main.class";

  @TempDir private Path place;

  private Path jar;

  @BeforeEach
  void a_jar_as_it_is_packed() throws Exception {
    jar = place.resolve("knight.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream packed = new ZipOutputStream(file)) {
      add(packed, "db/migration/", new byte[0]);
      add(packed, "db/migration/V1__jobs.sql", "select 1".getBytes(StandardCharsets.UTF_8));
      addOld(packed);
      add(packed, OWN, bytes(Main.class));
      add(packed, "broken/Half.class", "no class".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void it_holds_the_same_in_the_same_order_and_each_time_once() throws Exception {
    List<String> before = names();

    slim();

    assertThat(names()).isEqualTo(before);
    assertThat(content("db/migration/V1__jobs.sql")).asString().isEqualTo("select 1");
    assertThat(content("broken/Half.class")).asString().isEqualTo("no class");
    try (ZipFile slim = new ZipFile(jar.toFile())) {
      assertThat(slim.stream())
          .allSatisfy(entry -> {
            assertThat(entry.getExtra()).isNull();
            assertThat(entry.getTimeLocal()).isEqualTo("2026-11-26T00:00:00");
          });
    }
  }

  @Test
  void an_old_class_has_a_form_that_a_cache_keeps_and_does_what_it_did() throws Exception {
    assertThat(parsed(OLD).majorVersion()).isLessThan(ClassFile.JAVA_6_VERSION);
    assertThat(has(Attributes.localVariableTable())).isTrue();

    slim();

    assertThat(parsed(OLD).majorVersion()).isEqualTo(ClassFile.JAVA_8_VERSION);
    assertThat(has(Attributes.localVariableTable())).isFalse();
    assertThat(has(Attributes.lineNumberTable())).isTrue();
  }

  @Test
  void the_jvm_takes_each_of_them() throws Exception {
    slim();

    URL[] only = {jar.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(only, ClassLoader.getPlatformClassLoader())) {
      List<String> names = names().stream().filter(name -> name.startsWith("picocli/")).toList();
      assertThat(names).hasSizeGreaterThan(200);
      for (String name : names) {
        String type = name.substring(0, name.length() - ".class".length()).replace('/', '.');
        assertThat(Class.forName(type, true, loader).getClassLoader()).isSameAs(loader);
      }
    }
  }

  @Test
  void knight_s_own_classes_stay_as_they_are() throws Exception {
    slim();

    assertThat(content(OWN)).isEqualTo(bytes(Main.class));
  }

  private void slim() throws Exception {
    Path said = place.resolve("said");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "scripts/lib/SlimJar.java",
                jar.toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    // Or each JVM would say that it has read them.
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    Process process = builder.start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(said)).isZero();
    assertThat(said).isEmptyFile();
    assertThat(place).isDirectoryNotContaining("glob:**.slim");
  }

  /** As Quarkus does it, with all the times of a file. */
  private static void add(ZipOutputStream packed, String name, byte[] content) throws IOException {
    FileTime time = FileTime.from(TIME);
    ZipEntry entry = new ZipEntry(name);
    entry.setLastModifiedTime(time).setLastAccessTime(time).setCreationTime(time);
    packed.putNextEntry(entry);
    packed.write(content);
  }

  private static void addOld(ZipOutputStream packed) throws Exception {
    Path whole =
        Path.of(CommandLine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (ZipFile read = new ZipFile(whole.toFile())) {
      for (ZipEntry entry : Collections.list(read.entries())) {
        if (entry.getName().startsWith("picocli/") && !entry.isDirectory()) {
          try (InputStream bytes = read.getInputStream(entry)) {
            add(packed, entry.getName(), bytes.readAllBytes());
          }
        }
      }
    }
  }

  private List<String> names() throws IOException {
    try (ZipFile read = new ZipFile(jar.toFile())) {
      return read.stream().map(ZipEntry::getName).toList();
    }
  }

  private ClassModel parsed(String name) throws IOException {
    return ClassFile.of().parse(content(name));
  }

  private byte[] content(String name) throws IOException {
    try (ZipFile read = new ZipFile(jar.toFile());
        InputStream bytes = read.getInputStream(read.getEntry(name))) {
      return bytes.readAllBytes();
    }
  }

  private static byte[] bytes(Class<?> type) throws IOException {
    try (InputStream file =
        type.getResourceAsStream("/" + type.getName().replace('.', '/') + ".class")) {
      assertThat(file).isNotNull();
      return file.readAllBytes();
    }
  }

  private boolean has(AttributeMapper<?> attribute) throws IOException {
    return parsed(OLD).methods().stream()
        .flatMap(method -> method.code().stream())
        .anyMatch(code -> code.findAttribute(attribute).isPresent());
  }
}
