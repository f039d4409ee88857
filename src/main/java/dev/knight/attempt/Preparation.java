package dev.knight.attempt;

import dev.knight.git.Commit;
import dev.knight.git.Mirror;
import dev.knight.git.Mirrors;
import dev.knight.github.GitHub;
import dev.knight.github.Repository;
import dev.knight.home.KnightHome;
import dev.knight.job.Job;
import dev.knight.job.JobId;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.RefusedException;
import dev.knight.job.RepositoryName;
import dev.knight.job.Side;
import dev.knight.job.UnavailableException;
import dev.knight.memory.Memory;
import dev.knight.publish.CommitStyle;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes the place where an attempt works, or finds it as an earlier try left it. */
@Singleton
final class Preparation {
  /** So many commits show how a repository's commits are written. */
  private static final int LOG = 100;

  private final GitHub github;
  private final Mirrors mirrors;
  private final Branches branches;
  private final RepositoryConfigs configs;
  private final Briefs briefs;
  private final AgentNotes agentNotes;
  private final Verifier verifier;
  private final Networks networks;
  private final AttemptSettings settings;
  private final KnightHome home;
  private final Memory memory;
  private final Placement placement;

  Preparation(
      GitHub github,
      Mirrors mirrors,
      Branches branches,
      RepositoryConfigs configs,
      Briefs briefs,
      AgentNotes agentNotes,
      Verifier verifier,
      Networks networks,
      AttemptSettings settings,
      KnightHome home,
      Memory memory) {
    this.github = github;
    this.mirrors = mirrors;
    this.branches = branches;
    this.configs = configs;
    this.briefs = briefs;
    this.agentNotes = agentNotes;
    this.verifier = verifier;
    this.networks = networks;
    this.settings = settings;
    this.home = home;
    this.memory = memory;
    this.placement = new Placement(home);
  }

  Workplace prepare(Progress progress) {
    Job job = progress.job();
    Repository repository = repository(job.subject().repository());
    progress.works(Side.GITHUB);
    if (!Files.isDirectory(home.mirror(repository.name()))) {
      progress.tell("fetch", "Fetching all of %s for the first time".formatted(repository.name()));
    }
    Mirror mirror = mirrors.mirror(repository.name(), repository.cloneUrl());
    mirror.fetch();
    progress.works(Side.GIT);
    RepositoryConfigs.Read read = configs.of(repository, mirror, progress);
    RepositoryConfig config = read.config();
    Networks.Choice network = networks.of(config, progress);
    Branches.Choice branch = branches.choose(job, repository, config, mirror);
    if (!Inquiry.isOne(job)) {
      progress.branch(branch.name().value());
    }
    Brief brief =
        briefs
            .of(job, agentNotes.of(repository, mirror, progress))
            .with(memory.living(Optional.of(repository.name())));
    return new Workplace(
        mirror,
        placement.worktree(mirror, job.id(), branch.start()),
        branch.base(),
        branch.name(),
        brief,
        config,
        note(read, network, brief),
        config.limits().within(settings.limits()),
        commandHome(repository.name()),
        network.network(),
        style(mirror, branch));
  }

  /** As people write on the branch that the pull request goes to. */
  private static CommitStyle style(Mirror mirror, Branches.Choice branch) {
    Commit head = mirror.branchHead(branch.base()).orElse(branch.start());
    return CommitStyle.of(mirror.messages(head, LOG));
  }

  /** Runs the setup command once for each worktree. */
  void setUp(Workplace place, Budget budget, Progress progress) {
    JobId job = progress.job().id();
    if (place.config().setup().isEmpty() || placement.isSetUp(job)) {
      return;
    }
    progress.tell("setup", "Running %s".formatted(place.config().setup().get()));
    verifier.setup(place.config().setup().get(), place, budget, progress);
    placement.setUp(job, place.config().setup().get());
  }

  /** What the file asks for and this version cannot do is said, not left out in silence. */
  private String note(RepositoryConfigs.Read read, Networks.Choice network, Brief brief) {
    List<String> notes = new ArrayList<>();
    notes.add(read.note());
    if (read.config().model().filter(name -> !name.equals(settings.model().name())).isPresent()) {
      notes.add("`model` names one that this knight does not offer: I used its own.");
    }
    notes.add(network.note());
    notes.add(brief.note());
    return notes.stream().filter(note -> !note.isEmpty()).collect(Collectors.joining(" "));
  }

  private Repository repository(RepositoryName name) {
    Repository repository =
        github
            .repository(name)
            .orElseThrow(() ->
                new RefusedException(
                    "The repository %s is gone, or knight's token cannot see it.".formatted(name)));
    if (repository.archived()) {
      throw new RefusedException(
          "The repository %s is archived: nothing can be pushed.".formatted(name));
    }
    if (!repository.pushable()) {
      throw new MisconfiguredException(
          "knight's token may not push to %s; it needs `contents: write`.".formatted(name));
    }
    return repository;
  }

  private Path commandHome(RepositoryName name) {
    try {
      return home.make(home.caches(name));
    } catch (IOException full) {
      throw new UnavailableException("knight's home cannot be written.", full);
    }
  }
}
