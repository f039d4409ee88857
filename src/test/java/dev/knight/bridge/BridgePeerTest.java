package dev.knight.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BridgePeerTest {
  /** Prints the first line that comes: the bridge greets whomever it lets in. */
  private static final String VISIT =
      "$s = IO::Socket::UNIX->new(Peer => shift) or die 'unreachable';"
          + " $line = <$s>; print defined $line ? $line : 'turned away';";

  private static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

  @TempDir Path directory;

  /** The user's own visit is the control: the same program gets in. */
  @Test
  void another_user_is_kept_out_by_the_directory_and_where_it_is_open_by_the_kernel_s_word()
      throws Exception {
    try (BridgeFixture bridge = new BridgeFixture(directory, "cat >/dev/null")) {
      bridge.start();
      bridge.connect(new Heard()).close();
      assertThat(permissions(bridge.socket())).isEqualTo("rw-------");
      assertThat(visit(List.of(), bridge)).startsWith("{");

      assumeThat(System.getProperty("user.name")).as("only root can be another").isEqualTo("root");
      assertThat(visit(AS_NOBODY, bridge)).contains("unreachable");
      open(directory, "rwxr-xr-x");
      open(bridge.socket(), "rw-rw-rw-");

      assertThat(visit(AS_NOBODY, bridge)).isEqualTo("turned away");
      assertThat(visit(List.of(), bridge)).startsWith("{");
    }
  }

  private static String visit(List<String> as, BridgeFixture bridge) throws Exception {
    List<String> command = new ArrayList<>(as);
    command.addAll(List.of("perl", "-MIO::Socket::UNIX", "-e", VISIT, bridge.socket().toString()));
    Process visitor = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(visitor.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static void open(Path file, String permissions) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }
}
