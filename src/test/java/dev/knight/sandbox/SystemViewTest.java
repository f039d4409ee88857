package dev.knight.sandbox;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

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
class SystemViewTest {
  @TempDir Path directory;
  private Path root;

  @BeforeEach
  void system() throws IOException {
    root = directory.toRealPath().resolve("root");
    Files.createDirectories(root.resolve("usr/bin"));
    Files.createDirectories(root.resolve("etc"));
  }

  @Test
  void a_merged_system_keeps_its_links() throws IOException {
    Files.createSymbolicLink(root.resolve("bin"), Path.of("usr/bin"));

    assertThat(words())
        .containsExactly("--ro-bind " + root + "/usr /usr", "--symlink usr/bin /bin");
  }

  @Test
  void one_that_is_not_merged_keeps_its_directories() throws IOException {
    Files.createDirectories(root.resolve("lib"));
    Files.createDirectories(root.resolve("nix/store"));

    assertThat(words())
        .containsExactly(
            "--ro-bind " + root + "/usr /usr",
            "--ro-bind " + root + "/lib /lib",
            "--ro-bind " + root + "/nix/store /nix/store");
  }

  @Test
  void of_the_settings_only_what_programs_need_is_shown() throws IOException {
    for (String name :
        List.of(
            "shadow",
            "ssh/ssh_host_ed25519_key",
            "ssl/private/key.pem",
            "knight/token",
            "gitconfig",
            "environment",
            "hosts",
            "ssl/certs/ca.pem",
            "java-25/security.cfg",
            "ld.so.cache")) {
      file(name, "rw-r--r--");
    }

    assertThat(words())
        .containsExactly(
            "--ro-bind " + root + "/usr /usr",
            shown("java-25"),
            shown("ld.so.cache"),
            shown("ssl/certs"));
  }

  @Test
  void what_is_not_everybodys_is_hidden() throws IOException {
    file("maven/settings.xml", "rw-------");
    file("maven/toolchains.xml", "rw-r--r--");
    file("java-25/jmx/passwords", "rw-r--r--");
    Files.setPosixFilePermissions(
        root.resolve("etc/java-25/jmx"), PosixFilePermissions.fromString("rwx------"));
    file("services", "rw-r-----");

    assertThat(words())
        .containsExactly(
            "--ro-bind " + root + "/usr /usr",
            shown("java-25"),
            "--perms 0555 --tmpfs /etc/java-25/jmx --remount-ro /etc/java-25/jmx",
            shown("maven"),
            "--ro-bind-try /dev/null /etc/maven/settings.xml");
  }

  @Test
  void a_link_is_followed_to_what_it_shows() throws IOException {
    Path elsewhere = Files.createDirectories(root.resolve("store/certs"));
    Files.writeString(elsewhere.resolve("key.pem"), "");
    Files.setPosixFilePermissions(
        elsewhere.resolve("key.pem"), PosixFilePermissions.fromString("rw-------"));
    Files.createDirectories(root.resolve("etc/ssl"));
    Files.createSymbolicLink(root.resolve("etc/ssl/certs"), elsewhere);

    assertThat(words())
        .contains(shown("ssl/certs"), "--ro-bind-try /dev/null /etc/ssl/certs/key.pem");
  }

  private String shown(String name) {
    return "--ro-bind-try %s/etc/%s /etc/%s".formatted(root, name, name);
  }

  /** One string for each thing that is shown. */
  private List<String> words() {
    String all = String.join(" ", new SystemView(root).words());
    return List.of(all.split(" (?=--(?:ro-bind|symlink|perms))"));
  }

  private void file(String name, String mode) throws IOException {
    Path file = root.resolve("etc").resolve(name);
    Files.createDirectories(requireNonNull(file.getParent()));
    Files.writeString(file, "x");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }
}
