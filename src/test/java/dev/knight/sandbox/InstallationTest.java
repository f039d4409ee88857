package dev.knight.sandbox;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knight.job.MisconfiguredException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class InstallationTest {
  @TempDir Path directory;
  private Path user;

  @BeforeEach
  void user() throws IOException {
    user = directory.toRealPath().resolve("ada");
  }

  @Test
  void a_program_of_the_system_is_there_already() throws IOException {
    Installation shell = Installation.of(Path.of("/bin/sh"), List.of());

    assertThat(shell.mounts()).isEmpty();
    assertThat(shell.program()).isEqualTo(Path.of("/bin/sh").toRealPath());
  }

  @Test
  void a_global_one_of_npm_brings_all_modules() throws IOException {
    Path cli = program(".nvm/v22/lib/node_modules/pi/cli.js");
    Path link = link(".nvm/v22/bin/pi", "../lib/node_modules/pi/cli.js");

    Installation pi = Installation.of(link, List.of(user));

    assertThat(pi.program()).isEqualTo(cli);
    assertThat(pi.mounts())
        .containsExactly(Mount.readOnly(user.resolve(".nvm/v22/lib/node_modules")));
  }

  @Test
  void node_brings_npm_and_nothing_else_of_where_it_lies() throws IOException {
    Path node = program(".local/bin/node");
    program(".local/bin/secret-script");
    program(".local/lib/node_modules/npm/npm-cli.js");
    Path npm = link(".local/bin/npm", "../lib/node_modules/npm/npm-cli.js");
    link(".local/bin/other", "secret-script");
    Files.createDirectories(user.resolve(".local/share/keyrings"));

    assertThat(Installation.of(node, List.of(user)).mounts())
        .containsExactlyInAnyOrder(
            Mount.readOnly(node),
            Mount.readOnly(npm),
            Mount.readOnly(user.resolve(".local/lib/node_modules")));
  }

  @Test
  void a_wrapper_beside_its_modules_brings_them() throws IOException {
    Path pi = program("tools/bin/pi");
    program("tools/node_modules/pi/cli.js");

    assertThat(Installation.of(pi, List.of(user)).mounts())
        .containsExactlyInAnyOrder(
            Mount.readOnly(pi), Mount.readOnly(user.resolve("tools/node_modules")));
  }

  @Test
  void a_single_file_is_a_single_file() throws IOException {
    Path pi = program("pi");

    assertThat(Installation.of(pi, List.of(user)).mounts()).containsExactly(Mount.readOnly(pi));
  }

  @Test
  void what_could_be_seen_with_secrets_only_is_refused() throws IOException {
    Path pi = program("node_modules/pi/cli.js");

    assertThatThrownBy(() -> Installation.of(pi, List.of(user.resolve("node_modules/.knight"))))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessageContaining("install it elsewhere, as in /opt");
  }

  @Test
  void paths_of_the_owners_are_checked() throws IOException {
    Path jdk = Files.createDirectories(user.resolve("jdk"));
    List<Path> hidden = List.of(user.resolve(".knight"), user);

    assertThat(ShownPaths.checked(List.of(jdk.resolve("../jdk")), hidden)).containsExactly(jdk);
    for (String wrong : List.of("/", "/etc", "/var", user.toString(), directory.toString())) {
      assertThatThrownBy(() -> ShownPaths.checked(List.of(Path.of(wrong)), hidden))
          .isInstanceOf(MisconfiguredException.class)
          .hasMessageContaining("in which there is what no agent may see");
    }
    for (String wrong : List.of("jdk", "/no/such/place")) {
      assertThatThrownBy(() -> ShownPaths.checked(List.of(Path.of(wrong)), hidden))
          .isInstanceOf(MisconfiguredException.class)
          .hasMessageContaining("not the absolute path of something that is there");
    }
  }

  private Path program(String name) throws IOException {
    Path file = user.resolve(name);
    Files.createDirectories(requireNonNull(file.getParent()));
    Files.writeString(file, "#!/bin/sh\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Path link(String name, String target) throws IOException {
    Path link = user.resolve(name);
    Files.createDirectories(requireNonNull(link.getParent()));
    return Files.createSymbolicLink(link, Path.of(target));
  }
}
