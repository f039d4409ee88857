package dev.knight.home;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How this very program is started once more, as a process of its own. */
public final class OwnProgram {
  private static final String MAIN = "dev.knight.Main";

  /** Names the script that started this process and stays where it is when knight is upgraded. */
  private static final String LAUNCHER = "dev.knight.launcher";

  /**
   * Quick to start, and no more than what mostly waits needs. What the JDK brings ready to be read
   * lies where it was made for, so that many of them share it; by default each moves its own copy.
   */
  private static final List<String> SMALL =
      List.of(
          "-XX:TieredStopAtLevel=1",
          "-Xms8m",
          "-Xmx256m",
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:ArchiveRelocationMode=0");

  private OwnProgram() {}

  /** The words to which the arguments of knight are appended. */
  public static List<String> command() {
    return command(System.getProperties(), ProcessHandle.current().info().command());
  }

  /**
   * The words to which {@code bridge} and its directory are appended: as {@link #command()}, with
   * the AOT cache that was made for a bridge, if there is one beside the jar.
   */
  public static List<String> bridge() {
    return bridge(System.getProperties(), ProcessHandle.current().info().command());
  }

  /**
   * As {@link #bridge()}, in another process than this one.
   *
   * @param properties of that process
   * @param executable of that process
   */
  public static List<String> bridge(Properties properties, Optional<String> executable) {
    List<String> words = new ArrayList<>(command(properties, executable));
    String program = absolute(properties.getProperty("java.class.path", ""));
    Path cache = Path.of(program.replaceFirst("\\.jar$", ".bridge.aot"));
    if (cache.toString().endsWith(".bridge.aot") && Files.isRegularFile(cache)) {
      // One that is of another JDK or jar is passed over by the JVM, without a word.
      words.addAll(1, List.of("-XX:AOTCache=" + cache, "-Xlog:aot*=off", "-Xlog:cds*=off"));
    }
    return List.copyOf(words);
  }

  /** As {@link #command()}, of what serves for long, and is there after an upgrade, too. */
  public static List<String> lasting() {
    return lasting(System.getProperties(), ProcessHandle.current().info().command());
  }

  /**
   * As {@link #lasting()}.
   *
   * @param properties of this process
   * @param executable of this process
   */
  static List<String> lasting(Properties properties, Optional<String> executable) {
    String launcher = properties.getProperty(LAUNCHER, "");
    if (!launcher.isEmpty()) {
      return List.of(launcher);
    }
    return command(properties, executable).stream().filter(word -> !SMALL.contains(word)).toList();
  }

  /**
   * As {@link #command()}.
   *
   * @param properties of this process
   * @param executable of this process
   */
  static List<String> command(Properties properties, Optional<String> executable) {
    if ("runtime".equals(properties.getProperty("org.graalvm.nativeimage.imagecode"))) {
      return List.of(
          executable.orElseThrow(
              () -> new IllegalStateException("The system does not say what knight runs as")));
    }
    Stream<String> java =
        Stream.of(
            Path.of(properties.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC");
    Stream<String> program =
        Stream.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            // What the jar's manifest says too, which a class path does not read.
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
            "-cp",
            absolute(properties.getProperty("java.class.path")),
            MAIN);
    return Stream.of(java, SMALL.stream(), program).flatMap(words -> words).toList();
  }

  /** It starts in another directory. */
  private static String absolute(String classPath) {
    Stream<String> entries =
        Pattern.compile(Pattern.quote(File.pathSeparator)).splitAsStream(classPath);
    return entries
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
