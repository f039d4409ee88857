package dev.knight.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a jail shows of the system: programs and libraries whole, of {@code /etc} only what programs
 * need to run, and of that nothing that is not everybody's to read. The last matters where the
 * service is root, who may read everything.
 */
final class SystemView {
  /** Where the distributions put programs; some of these are links on most. */
  private static final List<String> PROGRAMS =
      List.of(
          "usr",
          "bin",
          "sbin",
          "lib",
          "lib32",
          "lib64",
          "libx32",
          "nix/store",
          "gnu/store",
          "run/current-system");

  /** Names in {@code /etc}; a star stands for the rest of one name. */
  private static final List<String> SETTINGS =
      List.of(
          "alternatives",
          "java*",
          "maven*",
          "python*",
          "perl",
          "fonts",
          "ld.so.*",
          "ld-musl-*",
          "localtime",
          "timezone",
          "mime.types",
          "magic",
          "magic.mime",
          "os-release",
          "debian_version",
          "alpine-release",
          "fedora-release",
          "redhat-release",
          "lsb-release",
          "protocols",
          "services",
          "shells",
          "terminfo",
          "inputrc",
          "locale.conf",
          "nanorc",
          "ca-certificates",
          "ca-certificates.conf",
          "ssl/certs",
          "ssl/cert.pem",
          "ssl/openssl.cnf",
          "pki/ca-trust",
          "pki/java",
          "pki/tls/certs",
          "pki/tls/cert.pem",
          "pki/tls/openssl.cnf",
          "crypto-policies");

  /** More than any allowed directory has; who has more loses the directory, not the jail. */
  private static final int MOST_FILES = 20_000;

  private final Path root;

  /**
   * The view of a system.
   *
   * @param root where it lies: {@code /}, or a copy of one
   */
  SystemView(Path root) {
    this.root = root;
  }

  /** Bubblewrap's words that make it, inside an empty file system. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    for (String name : PROGRAMS) {
      Path place = root.resolve(name);
      if (Files.isSymbolicLink(place)) {
        words.addAll(List.of("--symlink", target(place), "/" + name));
      } else if (Files.isDirectory(place)) {
        words.addAll(List.of("--ro-bind", place.toString(), "/" + name));
      }
    }
    settings().forEach(place -> show(place, words));
    return words;
  }

  private void show(Path place, List<String> words) {
    List<Path> hidden = notEverybodys(place);
    if (hidden.contains(place)) {
      return;
    }
    words.addAll(List.of("--ro-bind-try", place.toString(), inside(place)));
    for (Path each : hidden) {
      if (Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
        words.addAll(
            List.of("--perms", "0555", "--tmpfs", inside(each), "--remount-ro", inside(each)));
      } else {
        words.addAll(List.of("--ro-bind-try", "/dev/null", inside(each)));
      }
    }
  }

  private Stream<Path> settings() {
    return SETTINGS.stream().flatMap(this::matching).filter(Files::exists).distinct().sorted();
  }

  private Stream<Path> matching(String name) {
    Path etc = root.resolve("etc");
    if (!name.contains("*")) {
      return Stream.of(etc.resolve(name));
    }
    Pattern pattern = Pattern.compile(Pattern.quote(name).replace("*", "\\E[^/]*\\Q"));
    try (Stream<Path> all = Files.list(etc)) {
      return all
          .filter(place -> pattern.matcher(place.getFileName().toString()).matches())
          .toList()
          .stream();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** What lies at or under {@code place} and others may not read. */
  private static List<Path> notEverybodys(Path place) {
    try {
      Path real = place.toRealPath();
      Search search = new Search(real);
      Files.walkFileTree(real, EnumSet.noneOf(FileVisitOption.class), 8, search);
      return search.found.stream().map(each -> place.resolve(real.relativize(each))).toList();
    } catch (IOException unreadable) {
      return List.of(place);
    }
  }

  private static final class Search extends SimpleFileVisitor<Path> {
    private final Path start;
    private final List<Path> found = new ArrayList<>();
    private int seen;

    Search(Path start) {
      this.start = start;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
        throws IOException {
      boolean open =
          may(directory, PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_EXECUTE);
      return open ? FileVisitResult.CONTINUE : hide(directory, FileVisitResult.SKIP_SUBTREE);
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      seen++;
      if (seen > MOST_FILES) {
        found.clear();
        return hide(start, FileVisitResult.TERMINATE);
      }
      boolean open = attributes.isSymbolicLink() || may(file, PosixFilePermission.OTHERS_READ);
      return open ? FileVisitResult.CONTINUE : hide(file, FileVisitResult.CONTINUE);
    }

    private FileVisitResult hide(Path path, FileVisitResult next) {
      found.add(path);
      return next;
    }

    private static boolean may(Path path, PosixFilePermission... wanted) throws IOException {
      Set<PosixFilePermission> has = Files.getPosixFilePermissions(path);
      return has.containsAll(List.of(wanted));
    }
  }

  private String inside(Path place) {
    return "/" + root.relativize(place);
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
