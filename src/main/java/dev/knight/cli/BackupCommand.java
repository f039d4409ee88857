package dev.knight.cli;

import static java.util.Objects.requireNonNull;

import dev.knight.api.BackupView;
import dev.knight.home.WholeFile;
import dev.knight.job.MisconfiguredException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code knight backup}. */
@Command(name = "backup", description = "Copy the store into a file, also while knight serves.")
final class BackupCommand implements Callable<Integer> {
  private final KnightCommand knight;
  private final Program program;
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "FILE", description = "The file to make.")
  private @Nullable Path file;

  @Option(names = "--force", description = "Replace a file that is there.")
  private boolean force;

  @Option(names = "--json", description = "Print JSON.")
  private boolean asJson;

  BackupCommand(KnightCommand knight, Program program, Terminal terminal) {
    this.knight = knight;
    this.program = program;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Path target = requireNonNull(file).toAbsolutePath();
    refuseToReplace(target);
    return program.ask(
        knight.config(),
        api -> {
          BackupView copy = api.backup();
          move(Path.of(copy.file()), target);
          print(new BackupView(target.toString(), copy.bytes()));
          return ExitCodes.DONE;
        });
  }

  private void refuseToReplace(Path target) {
    if (Files.isDirectory(target)) {
      throw new IllegalArgumentException(target + " is a directory: name a file in it");
    }
    if (!force && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new IllegalArgumentException(
          target + " is there already: name another file, or use --force");
    }
  }

  /** Perhaps onto another disk. */
  private static void move(Path copy, Path target) {
    try {
      WholeFile.write(target, to -> Files.copy(copy, to));
      Files.delete(copy);
    } catch (IOException unwritable) {
      throw new MisconfiguredException(
          "%s cannot be written: check that its directory is there and yours, and that its disk has room"
              .formatted(target),
          unwritable);
    }
  }

  private void print(BackupView backup) {
    if (asJson) {
      terminal.out().println(new Json().pretty(backup));
    } else {
      terminal
          .out()
          .printf("The store is in %s (%d kB)%n", backup.file(), (backup.bytes() + 999) / 1000);
    }
    terminal.out().flush();
  }
}
