package dev.knight.cli;

import dev.knight.api.JobView;
import dev.knight.doctor.Bundle;
import dev.knight.doctor.Result;
import dev.knight.home.KnightHome;
import dev.knight.hygiene.PlainText;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.UnavailableException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What goes into a bundle: nothing of what people or agents have written. */
final class BundleParts {
  /** Of the newest log. */
  private static final int LOG = 256 << 10;

  private static final int DEPTH = 2;
  private static final int MOST_FILES = 2000;

  private final Program program;
  private final Optional<Path> config;
  private final KnightHome home;

  BundleParts(Program program, Optional<Path> config) {
    this.program = program;
    this.config = config;
    this.home = program.home();
  }

  /** All of them, with {@code results} as what was found. */
  Bundle bundle(List<Result> results) {
    Json json = new Json();
    return new Bundle(program.redactor(config))
        .add(
            "doctor.json",
            "what knight doctor found",
            json.pretty(results.stream().map(Result::fields).toList()))
        .add("settings.txt", "the settings in force, without secrets", settings())
        .add("versions.txt", "of knight, Java and the system", versions())
        .add("knight.log", "the end of the service's log", log())
        .add("jobs.json", "the newest jobs, without their texts", jobs(json))
        .add("home.txt", "the names, sizes and modes of knight's own files", files());
  }

  private String settings() {
    try {
      return program.settings(config).entrySet().stream()
          .map(entry -> entry.getKey() + ": " + entry.getValue() + "\n")
          .collect(Collectors.joining());
    } catch (MisconfiguredException unreadable) {
      return "cannot be read: " + unreadable.getMessage() + "\n";
    }
  }

  private static String versions() {
    Map<String, String> versions = new TreeMap<>();
    versions.put("knight", Version.number());
    Stream.of(
            "java.vm.name", "java.vm.version", "os.name", "os.version", "os.arch", "file.encoding")
        .forEach(name -> versions.put(name, System.getProperty(name, "")));
    versions.put("distribution", distribution());
    return versions.entrySet().stream()
        .map(entry -> entry.getKey() + ": " + entry.getValue() + "\n")
        .collect(Collectors.joining());
  }

  private static String distribution() {
    try (Stream<String> lines = Files.lines(Path.of("/etc/os-release"))) {
      return lines
          .filter(line -> line.startsWith("PRETTY_NAME="))
          .findFirst()
          .orElse("")
          .replace("PRETTY_NAME=", "");
    } catch (IOException unknown) {
      return "";
    }
  }

  private String log() {
    Path file = home.log().resolve("knight.log");
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return "there is none\n";
    }
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      long from = Math.max(0, log.length() - LOG);
      log.seek(from);
      byte[] end = new byte[(int) (log.length() - from)];
      log.readFully(end);
      String text = new String(end, StandardCharsets.UTF_8);
      // Half a line could hold half a secret, which nobody would know.
      return from == 0 ? text : text.substring(text.indexOf('\n') + 1);
    } catch (IOException unreadable) {
      return "cannot be read: " + unreadable.getMessage() + "\n";
    }
  }

  /** Of a service that runs: otherwise the store would have to be opened for it. */
  private String jobs(Json json) {
    try {
      Optional<DaemonClient> service =
          program.isServing() ? DaemonClient.of(home) : Optional.empty();
      return service.isEmpty()
          ? "\"no service runs\"\n"
          : json.pretty(service.get().jobs(200).stream().map(BundleParts::bare).toList()) + "\n";
    } catch (MisconfiguredException | UnavailableException silent) {
      return json.pretty("the service does not say: " + silent.getMessage()) + "\n";
    }
  }

  /** Without its title and its reason, which people and agents have written. */
  private static Map<String, Object> bare(JobView job) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", job.id());
    fields.put("repository", job.repository());
    fields.put("number", job.number());
    fields.put("kind", job.kind());
    fields.put("state", job.state());
    fields.put("needs", job.needs());
    fields.put("step", job.step());
    fields.put("attempt", job.attempt());
    fields.put("costUsd", job.costUsd());
    fields.put("createdAt", job.createdAt());
    fields.put("updatedAt", job.updatedAt());
    return fields;
  }

  /** What cannot be looked into, or goes away meanwhile, is passed over. */
  private String files() {
    if (!Files.isDirectory(home.root())) {
      return "there is none\n";
    }
    List<Path> all = new ArrayList<>();
    try {
      Files.walkFileTree(
          home.root(),
          Set.of(),
          DEPTH,
          new SimpleFileVisitor<Path>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes is) {
              all.add(directory);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes is) {
              all.add(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
              all.add(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                Path directory, @Nullable IOException unreadable) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException unreadable) {
      return "cannot be read: " + unreadable.getMessage() + "\n";
    }
    return all.stream().sorted().limit(MOST_FILES).map(this::line).collect(Collectors.joining());
  }

  private String line(Path file) {
    try {
      return "%s %12d %s\n"
          .formatted(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS)),
              (Long) Files.getAttribute(file, "size", LinkOption.NOFOLLOW_LINKS),
              name(file));
    } catch (IOException gone) {
      return "gone                   %s\n".formatted(name(file));
    }
  }

  private String name(Path file) {
    return PlainText.line(home.root().relativize(file).toString());
  }
}
