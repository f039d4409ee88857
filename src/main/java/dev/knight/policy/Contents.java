package dev.knight.policy;

import dev.knight.git.Change;
import dev.knight.git.Change.Mode;
import dev.knight.git.Content;
import dev.knight.git.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Judges changed files by what is in them. For one change. */
final class Contents {
  /** What a system starts, or loads, without a look at the file's name. */
  private static final List<String> PROGRAMS =
      List.of(
          "\u007fELF",
          "MZ",
          "\u00ca\u00fe\u00ba\u00be",
          "\u00ca\u00fe\u00ba\u00bf",
          "\u00fe\u00ed\u00fa\u00ce",
          "\u00fe\u00ed\u00fa\u00cf",
          "\u00ce\u00fa\u00ed\u00fe",
          "\u00cf\u00fa\u00ed\u00fe",
          "\0asm",
          "!<arch>\n");

  private static final List<String> ARCHIVES =
      List.of(".jar", ".war", ".ear", ".aar", ".apk", ".whl", ".egg", ".nupkg", ".pyc", ".gem");

  private final Snapshot snapshot;
  private final PolicyLimits limits;
  private final SecretSearch secrets;
  private long read;

  Contents(Snapshot snapshot, PolicyLimits limits, SecretSearch secrets) {
    this.snapshot = snapshot;
    this.limits = limits;
    this.secrets = secrets;
  }

  List<Objection> judge(Change change) {
    return switch (change.after()) {
      case ABSENT, SUBMODULE -> List.of();
      case LINK -> link(change);
      case FILE, EXECUTABLE -> file(change);
    };
  }

  private List<Objection> link(Change change) {
    Content target = snapshot.content(change.contentAfter(), limits.fileBytes());
    String words = new String(target.bytes(), StandardCharsets.UTF_8);
    boolean leads = leadsOut(change.path(), words);
    List<Objection> objections = new ArrayList<>();
    objections.add(new Objection(change.path(), leads ? Rule.ESCAPE : Rule.LINK));
    secret(target.bytes()).ifPresent(what -> objections.add(secret(change, what)));
    return objections;
  }

  private static boolean leadsOut(String path, String target) {
    if (target.startsWith("/") || target.startsWith("\\") || target.matches("(?s)[A-Za-z]:.*")) {
      return true;
    }
    long depth = path.chars().filter(c -> c == '/').count();
    for (String part : target.split("[/\\\\]", -1)) {
      depth += part.equals("..") ? -1 : part.isEmpty() || part.equals(".") ? 0 : 1;
      if (depth < 0) {
        return true;
      }
    }
    return false;
  }

  private List<Objection> file(Change change) {
    Content content = snapshot.content(change.contentAfter(), limits.fileBytes());
    read += content.bytes().length;
    if (read > limits.allBytes()) {
      String why = "it stands at the end of more than a person, or I, can look through";
      return List.of(new Objection(change.path(), Rule.LARGE, why));
    }
    List<Objection> objections = new ArrayList<>();
    form(change, content).ifPresent(rule -> objections.add(new Objection(change.path(), rule)));
    secret(change.path().getBytes(StandardCharsets.UTF_8))
        .or(() -> added(change, content))
        .ifPresent(what -> objections.add(secret(change, what)));
    return objections;
  }

  private Optional<Rule> form(Change change, Content content) {
    if (isProgram(change, content)) {
      return Optional.of(Rule.PROGRAM);
    }
    if (content.isBinary() && content.size() > limits.binaryBytes()) {
      return Optional.of(Rule.BINARY);
    }
    return content.isWhole() ? Optional.empty() : Optional.of(Rule.LARGE);
  }

  private static boolean isProgram(Change change, Content content) {
    if (!content.isBinary()) {
      return false;
    }
    String head =
        new String(
            content.bytes(), 0, Math.min(16, content.bytes().length), StandardCharsets.ISO_8859_1);
    String name = change.path().toLowerCase(Locale.ROOT);
    return change.after() == Mode.EXECUTABLE
        || PROGRAMS.stream().anyMatch(head::startsWith)
        || ARCHIVES.stream().anyMatch(name::endsWith);
  }

  /** What was there before may stay: only what this change brings is looked for. */
  private Optional<String> added(Change change, Content content) {
    Optional<String> found = secret(content.bytes());
    boolean wasThere = change.before() == Mode.FILE || change.before() == Mode.EXECUTABLE;
    if (found.isEmpty() || !wasThere) {
      return found;
    }
    Content before = snapshot.content(change.contentBefore(), limits.fileBytes());
    Set<String> old = lines(before).collect(Collectors.toCollection(HashSet::new));
    String fresh =
        lines(content).filter(line -> !old.contains(line)).collect(Collectors.joining("\n"));
    return secret(fresh.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static java.util.stream.Stream<String> lines(Content content) {
    return new String(content.bytes(), StandardCharsets.ISO_8859_1).lines();
  }

  private Optional<String> secret(byte[] bytes) {
    return secrets.first(bytes);
  }

  private static Objection secret(Change change, String what) {
    return new Objection(change.path(), Rule.SECRET, "it holds what looks like %s".formatted(what));
  }
}
