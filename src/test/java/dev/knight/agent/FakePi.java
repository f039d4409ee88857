package dev.knight.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/** One that says which it is, and ends: it lies as npm puts it, with its package and its Node. */
@NullMarked
record FakePi(Path executable, Path modules) {
  private static final String SCRIPT =
      """
      #!/bin/sh
      [ "$1" = --version ] || exit 3
      : >"$NODE_COMPILE_CACHE/kept"
      cat "${0%/*}/../node_modules/said"
      """;

  static FakePi make(Path directory) throws IOException {
    FakePi pi = new FakePi(directory.resolve("bin/pi"), directory.resolve("node_modules"));
    Files.createDirectories(pi.executable().getParent());
    Files.createDirectories(pi.manifest().getParent());
    Files.createDirectories(pi.node().getParent());
    Files.writeString(pi.executable(), SCRIPT);
    Files.writeString(pi.manifest(), "{}");
    Files.writeString(pi.node(), "#!/bin/sh\n");
    for (Path program : List.of(pi.executable(), pi.node())) {
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return pi;
  }

  /** The same with its modules where npm puts those of a whole machine. */
  FakePi ofTheWholeMachine() throws IOException {
    Path others = executable.resolveSibling("../lib/node_modules").normalize();
    Files.createDirectory(others.getParent());
    Files.move(modules, others);
    Files.writeString(executable, SCRIPT.replace("../node_modules", "../lib/node_modules"));
    return new FakePi(executable, others);
  }

  /** The file that npm makes anew with each change. */
  Path manifest() {
    return modules.resolve("@earendil-works/pi-coding-agent/package.json");
  }

  /** From now on, with none of its files made anew. */
  void says(String version) throws IOException {
    Files.writeString(modules.resolve("said"), version + "\n");
  }

  Path node() {
    return modules.resolve("node-here/bin/node");
  }
}
