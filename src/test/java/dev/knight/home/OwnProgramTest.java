package dev.knight.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullMarked
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OwnProgramTest {

  @Test
  void a_native_program_is_its_own_executable() {
    Properties properties = new Properties();
    properties.setProperty("org.graalvm.nativeimage.imagecode", "runtime");

    assertThat(OwnProgram.command(properties, Optional.of("/usr/bin/knight")))
        .containsExactly("/usr/bin/knight");
  }

  @Test
  void on_a_jvm_it_is_java_with_the_same_class_path_from_anywhere() {
    Properties properties = new Properties();
    properties.setProperty("java.home", "/opt/jdk");
    properties.setProperty("java.class.path", "knight.jar:/lib/a.jar");

    assertThat(OwnProgram.command(properties, Optional.empty()))
        .startsWith("/opt/jdk/bin/java")
        .endsWith("dev.knight.Main")
        .contains(System.getProperty("user.dir") + "/knight.jar:/lib/a.jar");
  }

  @Test
  void a_bridge_has_the_cache_that_lies_beside_the_jar(@TempDir Path lib) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("java.home", "/opt/jdk");
    properties.setProperty("java.class.path", lib.resolve("knight.jar").toString());

    assertThat(OwnProgram.bridge(properties, Optional.empty()))
        .isEqualTo(OwnProgram.command(properties, Optional.empty()));

    Path cache = Files.createFile(lib.resolve("knight.bridge.aot"));
    assertThat(OwnProgram.bridge(properties, Optional.empty()))
        .startsWith("/opt/jdk/bin/java", "-XX:AOTCache=" + cache)
        .containsAll(OwnProgram.command(properties, Optional.empty()));
  }

  @Test
  void what_lasts_is_the_launcher_that_an_upgrade_leaves_in_its_place() {
    Properties properties = new Properties();
    properties.setProperty("java.home", "/opt/jdk");
    properties.setProperty("java.class.path", "/lib/knight.jar");

    assertThat(OwnProgram.lasting(properties, Optional.empty()))
        .startsWith("/opt/jdk/bin/java", "-XX:+UseSerialGC")
        .doesNotContain("-Xmx256m", "-Xms8m", "-XX:TieredStopAtLevel=1")
        .endsWith("dev.knight.Main");

    properties.setProperty("dev.knight.launcher", "/home/ada/.local/bin/knight");
    assertThat(OwnProgram.lasting(properties, Optional.empty()))
        .containsExactly("/home/ada/.local/bin/knight");
  }
}
