package dev.knight.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that leads out of a jail: Unix sockets in one directory, which the jail sees at {@code
 * /run/knight}, and the forwarder there by which programs reach them at ports of their own machine.
 * A jail outlives the service; the next one opens the same doors again.
 */
public final class Doors implements AutoCloseable {
  private static final Path INSIDE = Path.of("/run/knight");
  private static final String MODEL = "model.sock";
  private static final String EGRESS = "egress.sock";
  private static final String FORWARDER = "forward.mjs";
  private static final int MODEL_PORT = 8317;
  private static final int EGRESS_PORT = 3128;

  private final List<Doorway> open;

  private Doors(List<Doorway> open) {
    this.open = open;
  }

  /** Where there is no jail, there are no doors. */
  public static Doors none() {
    return new Doors(List.of());
  }

  /** Whether the kernel takes the paths of sockets in {@code directory}. */
  public static boolean fit(Path directory) {
    return Doorway.fits(directory.resolve(EGRESS));
  }

  /**
   * Puts the forwarder into {@code directory}, which is there and for its owner alone: a jail may
   * begin then, before its doors are open.
   */
  public static void prepare(Path directory) throws IOException {
    Path making = directory.resolve("." + FORWARDER);
    try (InputStream forwarder = Doors.class.getResourceAsStream("/sandbox/" + FORWARDER)) {
      if (forwarder == null) {
        throw new IOException("This knight was built without its " + FORWARDER);
      }
      Files.copy(forwarder, making, StandardCopyOption.REPLACE_EXISTING);
    }
    Files.setPosixFilePermissions(making, PosixFilePermissions.fromString("r--r--r--"));
    Files.move(making, directory.resolve(FORWARDER), StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Opens the doors in {@code directory}.
   *
   * @param model serves the way to the model, for those who may ask it
   * @param egress serves the way to everywhere else
   */
  public static Doors open(Path directory, Optional<Doorway.Handler> model, Doorway.Handler egress)
      throws IOException {
    prepare(directory);
    Doors doors = new Doors(new ArrayList<>());
    try {
      if (model.isPresent()) {
        doors.open.add(Doorway.open(directory.resolve(MODEL), model.get()));
      }
      doors.open.add(Doorway.open(directory.resolve(EGRESS), egress));
      return doors;
    } catch (IOException failed) {
      doors.close();
      throw failed;
    }
  }

  /** How a jail sees the doors in {@code directory}. */
  public static Mount mount(Path directory) {
    return new Mount(Mount.Access.READ_ONLY, directory, INSIDE);
  }

  /** Where what listens at {@code outside}, behind the model's door, is inside. */
  public static URI modelInside(URI outside) {
    return URI.create("http://127.0.0.1:" + MODEL_PORT + outside.getRawPath());
  }

  /** Tells programs inside that all but their own machine is reached through the egress door. */
  public static Map<String, String> proxy() {
    String proxy = "http://127.0.0.1:" + EGRESS_PORT;
    String own = "127.0.0.1,localhost";
    // Java's programs do not look at the variables of all others.
    String java =
        Stream.of("http", "https")
            .map(scheme ->
                "-D%s.proxyHost=127.0.0.1 -D%s.proxyPort=%d".formatted(scheme, scheme, EGRESS_PORT))
            .collect(Collectors.joining(" "));
    return Map.of(
        "HTTP_PROXY", proxy,
        "HTTPS_PROXY", proxy,
        "http_proxy", proxy,
        "https_proxy", proxy,
        "NO_PROXY", own,
        "no_proxy", own,
        "MAVEN_OPTS", java + " -Daether.connector.http.useSystemProperties=true",
        "GRADLE_OPTS", java);
  }

  /** The forwarder as it is seen inside: a module that a Node imports, or a program around one. */
  public static Path forwarder() {
    return INSIDE.resolve(FORWARDER);
  }

  @Override
  public void close() throws IOException {
    for (Doorway door : open) {
      door.close();
    }
  }
}
