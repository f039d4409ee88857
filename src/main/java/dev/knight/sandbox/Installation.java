package dev.knight.sandbox;

import dev.knight.job.MisconfiguredException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A program as a jail sees it: the system's own ones are there already; of one that npm or nvm put
 * elsewhere, its file, the modules that it belongs to, and its neighbours that lead into them, as
 * {@code npm} beside {@code node}. Never all of where it lies: beside it, as in {@code ~/.local},
 * there may be what is private.
 *
 * @param program without links on its way
 * @param mounts what has to be seen so that it runs, for reading
 */
public record Installation(Path program, List<Mount> mounts) {
  private static final String MODULES = "node_modules";

  public Installation {
    mounts = List.copyOf(mounts);
  }

  /**
   * The installation of {@code program}.
   *
   * @param hidden what must never be seen, nor anything above it
   * @throws MisconfiguredException when it could not be seen without that
   */
  public static Installation of(Path program, List<Path> hidden) throws IOException {
    Path real = program.toRealPath();
    if (isOfTheSystem(real)) {
      return new Installation(real, List.of());
    }
    TreeSet<Path> shown = new TreeSet<>();
    Optional<Path> modules = modules(real);
    modules.ifPresent(shown::add);
    if (modules.filter(real::startsWith).isEmpty()) {
      shown.add(real);
      if (modules.isPresent()) {
        shown.addAll(neighbours(real, modules.get()));
      }
    }
    for (Path place : shown) {
      if (hidden.stream().anyMatch(path -> path.startsWith(place))) {
        throw new MisconfiguredException(
            "%s cannot be shown to the agent without what is private in %s: install it elsewhere, as in /opt"
                .formatted(program, place));
      }
    }
    return new Installation(real, shown.stream().map(Mount::readOnly).toList());
  }

  private static boolean isOfTheSystem(Path real) {
    return Stream.of("/usr", "/bin", "/sbin", "/lib", "/lib64", "/nix/store", "/gnu/store")
        .anyMatch(real::startsWith);
  }

  /**
   * The modules that {@code real} is one of, or beside whose {@code bin} it lies.
   *
   * @param real without links on its way
   */
  public static Optional<Path> modules(Path real) {
    Optional<Path> around =
        IntStream.rangeClosed(1, real.getNameCount())
            .mapToObj(length -> Path.of("/").resolve(real.subpath(0, length)))
            .filter(upper -> upper.endsWith(MODULES))
            .findFirst();
    @Nullable Path bin = real.getParent();
    if (around.isPresent() || bin == null || !bin.endsWith("bin")) {
      return around;
    }
    return Stream.of("../lib/" + MODULES, "../" + MODULES)
        .map(beside -> bin.resolve(beside).normalize())
        .filter(Files::isDirectory)
        .findFirst();
  }

  private static List<Path> neighbours(Path real, Path modules) throws IOException {
    @Nullable Path bin = real.getParent();
    if (bin == null) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(bin)) {
      return all.filter(Files::isSymbolicLink)
          .filter(Files::isRegularFile)
          .filter(link -> leadsInto(link, modules))
          .toList();
    }
  }

  private static boolean leadsInto(Path link, Path modules) {
    try {
      return link.toRealPath().startsWith(modules);
    } catch (IOException unreadable) {
      return false;
    }
  }
}
