package dev.knight.git;

import java.io.File;
import java.io.OutputStream;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.FS_POSIX;
import org.eclipse.jgit.util.ProcessResult;
import org.jspecify.annotations.Nullable;

/** The file system as JGit may see it: without a single program in it, so without hooks. */
final class OwnFiles extends FS_POSIX {
  /** What {@code sh -c umask} would say on most machines; told, JGit does not start a shell. */
  private static final int USUAL_UMASK = 0022;

  OwnFiles() {
    setUmask(USUAL_UMASK);
  }

  @Override
  public FS newInstance() {
    return new OwnFiles();
  }

  @Override
  protected @Nullable File discoverGitExe() {
    return null;
  }

  @Override
  public @Nullable File getGitSystemConfig() {
    return null;
  }

  @Override
  public @Nullable File findHook(Repository repository, String name) {
    return null;
  }

  @Override
  public ProcessResult runHookIfPresent(
      Repository repository,
      String name,
      String[] arguments,
      OutputStream out,
      OutputStream err,
      String input) {
    return new ProcessResult(ProcessResult.Status.NOT_PRESENT);
  }

  @Override
  public ProcessBuilder runInShell(String command, String[] arguments) {
    throw new UnsupportedOperationException("git runs no program here: " + command);
  }
}
