package dev.knight.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether git is there: knight brings its own, and the agent works with the machine's. */
public final class GitCheck implements Check {
  private static final Pattern VERSION = Pattern.compile("git version (\\d{1,4}[\\w.]{0,40})");

  private final String path;

  /**
   * Looks for it.
   *
   * @param path directories parted by colons
   */
  public GitCheck(String path) {
    this.path = path;
  }

  @Override
  public String id() {
    return "git";
  }

  @Override
  public String title() {
    return "git";
  }

  @Override
  public List<Result> look() throws IOException {
    Optional<Path> git =
        Pattern.compile(":")
            .splitAsStream(path)
            .filter(directory -> directory.startsWith("/"))
            .map(directory -> Path.of(directory, "git"))
            .filter(Files::isExecutable)
            .findFirst();
    if (git.isEmpty()) {
      return List.of(
          Result.bad(
              id(),
              title(),
              "there is none on the PATH, and the agent works with it",
              "install git with the package manager, as with \"sudo apt install git\""));
    }
    Matcher version = VERSION.matcher(said(git.get()));
    return List.of(
        version.find()
            ? Result.good(id(), title(), version.group(1) + ", " + git.get())
            : Result.bad(
                id(),
                title(),
                git.get() + " does not say its version",
                "install git anew with the package manager"));
  }

  private static String said(Path git) throws IOException {
    Process process =
        new ProcessBuilder(git.toString(), "--version").redirectErrorStream(true).start();
    try (var out = process.getInputStream()) {
      String said = new String(out.readNBytes(1000), StandardCharsets.UTF_8);
      return process.waitFor(20, TimeUnit.SECONDS) ? said : "";
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while git was asked", ended);
    } finally {
      process.destroyForcibly();
    }
  }
}
