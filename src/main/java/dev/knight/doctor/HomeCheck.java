package dev.knight.doctor;

import dev.knight.bridge.BridgeSocket;
import dev.knight.home.KnightHome;
import dev.knight.hygiene.ShellWord;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Whether knight's home is its own, and its secrets closed to everybody else. */
public final class HomeCheck implements Check {
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  private static final Set<PosixFilePermission> WRITING =
      Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  /** As long as a conversation's name gets. */
  private static final String LONG_NAME = "1000000-review-10";

  private final KnightHome home;
  private final Path usual;
  private final String user;
  private final List<Path> secrets;
  private final Owner owner;

  /** Says whose a file is. */
  @FunctionalInterface
  interface Owner {
    String of(Path file) throws IOException;
  }

  /**
   * Looks at {@code home}.
   *
   * @param usual where knight's home is if nobody names one
   * @param user whose process this is
   * @param secrets the files outside of it from which secrets are read
   */
  public HomeCheck(KnightHome home, Path usual, String user, List<Path> secrets) {
    this(home, usual, user, secrets, HomeCheck::ownerOf);
  }

  HomeCheck(KnightHome home, Path usual, String user, List<Path> secrets, Owner owner) {
    this.owner = owner;
    this.home = home;
    this.usual = usual;
    this.user = user;
    this.secrets = List.copyOf(secrets);
  }

  @Override
  public String id() {
    return "home";
  }

  @Override
  public String title() {
    return "Home";
  }

  @Override
  public List<Result> look() throws IOException {
    List<Result> results = new ArrayList<>();
    results.add(root());
    if (Files.isDirectory(home.root())) {
      for (Path file : files()) {
        if (Files.isRegularFile(file)) {
          closed(file).ifPresent(results::add);
        }
      }
      foreign().ifPresent(results::add);
      if (results.size() == 1) {
        results.add(Result.good("home.secrets", "Secrets", "closed to other users"));
      }
    }
    second().ifPresent(results::add);
    if (user.equals("root")) {
      results.add(
          Result.doubtful(
              "home.user",
              "User",
              "knight runs as root, so that the kernel bounds no agent's processes",
              "give it an account of its own: sudo useradd --create-home knight"));
    }
    return List.copyOf(results);
  }

  private static String ownerOf(Path file) throws IOException {
    return Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).getName();
  }

  private Result root() throws IOException {
    Path root = home.root();
    if (!Files.exists(root)) {
      return Result.doubtful(id(), title(), root + " is not there yet", "knight init")
          .mendedBy(new Fix.Make(home, root));
    }
    if (!Files.isDirectory(root)) {
      return Result.bad(
          id(),
          title(),
          root + " is no directory",
          "mv %1$s %1$s.old".formatted(ShellWord.of(root)));
    }
    if (!Files.isWritable(root) || !Files.isExecutable(root)) {
      return Result.bad(
          id(),
          title(),
          root + " cannot be written by " + user,
          "sudo chown -R %1$s %2$s && chmod 700 %2$s".formatted(user, ShellWord.of(root)));
    }
    if (!BridgeSocket.fits(home.socket(LONG_NAME))) {
      return Result.bad(
          id(),
          title(),
          root + " is too deep for a socket, whose path is at most 107 bytes long",
          "move it to a shorter path, and name that by KNIGHT_HOME");
    }
    if (isOpen(root, OTHERS)) {
      return Result.doubtful(
              id(), title(), root + " is open to other users", "chmod 700 " + ShellWord.of(root))
          .mendedBy(new Fix.Close(root, "rwx------"));
    }
    return Result.good(id(), title(), root.toString());
  }

  private List<Path> files() {
    List<Path> own =
        List.of(home.secrets(), home.apiToken(), home.gatewayKey(), home.configuration());
    return Stream.concat(own.stream(), secrets.stream()).distinct().toList();
  }

  /** The settings may be read by others, as long as no secret is in them. */
  private Optional<Result> closed(Path file) throws IOException {
    boolean isSettings = file.equals(home.configuration());
    Set<PosixFilePermission> forbidden = isSettings ? WRITING : OTHERS;
    String id = "home.file." + file.getFileName();
    if (!Files.isReadable(file)) {
      return Optional.of(
          Result.bad(
              id,
              file.getFileName().toString(),
              "%s cannot be read by %s".formatted(file, user),
              "sudo chown %s %s".formatted(user, ShellWord.of(file))));
    }
    if (!isOpen(file, forbidden)) {
      return Optional.empty();
    }
    return Optional.of(
        Result.bad(
                id,
                file.getFileName().toString(),
                "%s can be %s by other users".formatted(file, isSettings ? "changed" : "read"),
                "chmod 600 " + ShellWord.of(file))
            .mendedBy(new Fix.Close(file, "rw-------")));
  }

  /** What another user left here, which knight may not be able to change. */
  private Optional<Result> foreign() throws IOException {
    String own = owner.of(home.root());
    for (Path directory : List.of(home.root(), home.run(), home.log())) {
      Optional<Path> other =
          Files.isDirectory(directory) ? foreign(directory, own) : Optional.empty();
      if (other.isPresent()) {
        return Optional.of(
            Result.bad(
                "home.owner",
                title(),
                "%s belongs to %s, and the home to %s: knight was run as another user"
                    .formatted(other.get(), owner.of(other.get()), own),
                "sudo chown -R %s %s".formatted(own, ShellWord.of(home.root()))));
      }
    }
    return Optional.empty();
  }

  private Optional<Path> foreign(Path directory, String own) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        if (!owner.of(entry).equals(own)) {
          return Optional.of(entry);
        }
      }
      return Optional.empty();
    }
  }

  private static boolean isOpen(Path file, Set<PosixFilePermission> forbidden) throws IOException {
    return Files.getPosixFilePermissions(file).stream().anyMatch(forbidden::contains);
  }

  private Optional<Result> second() {
    Path other = new KnightHome(usual).configuration();
    return home.root().equals(usual) || !Files.exists(other)
        ? Optional.empty()
        : Optional.of(
            Result.doubtful(
                "home.second",
                "Second home",
                "KNIGHT_HOME names %s, and there is another knight's home in %s"
                    .formatted(home.root(), usual),
                "take KNIGHT_HOME out of your shell, or move %s away".formatted(usual)));
  }
}
