package dev.knight.git;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.jgit.api.MergeCommand;
import org.eclipse.jgit.diff.DiffAlgorithm;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.lib.BranchConfig;
import org.eclipse.jgit.lib.CommitConfig;
import org.eclipse.jgit.lib.CoreConfig;
import org.eclipse.jgit.lib.GcConfig;
import org.eclipse.jgit.lib.GpgConfig;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.SubmoduleConfig;
import org.eclipse.jgit.submodule.SubmoduleWalk;
import org.eclipse.jgit.transport.HttpConfig;
import org.eclipse.jgit.transport.PushConfig;
import org.eclipse.jgit.transport.TransferConfig;
import org.eclipse.jgit.util.sha1.SHA1;

/**
 * What JGit reads from a configuration as one word of several. It finds the words by the enum's
 * name, and a native executable knows none that is not registered. The extension registers most of
 * these, for an older JGit.
 */
@RegisterForReflection(
    targets = {
      MergeCommand.ConflictStyle.class,
      MergeCommand.FastForwardMode.class,
      MergeCommand.FastForwardMode.Merge.class,
      DiffAlgorithm.SupportedAlgorithm.class,
      DirCache.DirCacheVersion.class,
      BranchConfig.BranchRebaseMode.class,
      CommitConfig.CleanupMode.class,
      CoreConfig.AutoCRLF.class,
      CoreConfig.CheckStat.class,
      CoreConfig.EOL.class,
      CoreConfig.HideDotFiles.class,
      CoreConfig.LogRefUpdates.class,
      CoreConfig.SymLinks.class,
      CoreConfig.TrustStat.class,
      GcConfig.PackRefsMode.class,
      GpgConfig.GpgFormat.class,
      ObjectChecker.ErrorType.class,
      SubmoduleConfig.FetchRecurseSubmodulesMode.class,
      SubmoduleWalk.IgnoreSubmoduleMode.class,
      HttpConfig.HttpRedirectMode.class,
      PushConfig.PushDefault.class,
      PushConfig.PushRecurseSubmodulesMode.class,
      TransferConfig.FsckMode.class,
      TransferConfig.ProtocolVersion.class,
      SHA1.Sha1Implementation.class
    })
public final class ConfigWords {
  private ConfigWords() {}
}
