package dev.knight.rehearsal;

import dev.knight.rehearsal.ActionsRun.Job;
import dev.knight.rehearsal.Workflow.Build;
import dev.knight.rehearsal.Workflow.Built;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;

/**
 * What checks the commits of a repository: workflows that run on each push, other Apps, statuses,
 * and what of it a branch requires. Guarded by the {@link World} that it belongs to.
 */
final class Actions {
  private final BareRepository git;
  private final Register register;
  private final Map<String, Map<String, Workflow>> workflows = new LinkedHashMap<>();
  private final TreeMap<Long, ActionsRun> runs = new TreeMap<>();
  private final TreeMap<Long, OtherCheck> others = new TreeMap<>();
  private final Map<String, Set<String>> required = new HashMap<>();

  Actions(BareRepository git, Register register) {
    this.git = git;
    this.register = register;
  }

  /** From now on {@code job} of {@code workflow} runs on each push. */
  void add(String workflow, String job, Workflow does) {
    workflows.computeIfAbsent(workflow, _ -> new LinkedHashMap<>()).put(job, does);
  }

  /** Runs all workflows on what a branch was just pushed to. */
  void pushed(String branch, ObjectId head) {
    Instant now = register.now();
    workflows.forEach((workflow, jobs) -> {
      List<Job> ran = new ArrayList<>();
      jobs.forEach((name, does) -> ran.add(job(name, does, head.name(), branch, 1)));
      keep(
          new ActionsRun(
              register.nextId(),
              workflow,
              runs.size() + 1,
              head.name(),
              branch,
              1,
              ran,
              List.of(),
              now,
              now));
    });
  }

  private Job job(String name, Workflow does, String commit, String branch, int attempt) {
    Build build = new Build(commit, branch, attempt, path -> file(commit, path));
    return new Job(register.nextId(), name, attempt, does.run(build), register.now());
  }

  private Optional<String> file(String commit, String path) {
    try {
      return git.file(ObjectId.fromString(commit), path);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Runs the failed jobs of a run once more. */
  ActionsRun rerunFailed(ActionsRun run) {
    List<Job> next = new ArrayList<>();
    List<Job> replaced = new ArrayList<>(run.earlier());
    for (Job job : run.jobs()) {
      if (job.built().isFailed()) {
        Workflow does =
            workflows
                .getOrDefault(run.workflow(), Map.of())
                .getOrDefault(job.name(), _ -> job.built());
        next.add(job(job.name(), does, run.commit(), run.branch(), run.attempt() + 1));
        replaced.add(job);
      } else {
        next.add(job);
      }
    }
    ActionsRun again = run.again(next, replaced, register.now());
    keep(again);
    return again;
  }

  /** Ends the jobs of that name that still run on a commit. */
  void conclude(String commit, String name, Built built) {
    for (ActionsRun run : runs(commit)) {
      List<Job> next = new ArrayList<>();
      for (Job job : run.jobs()) {
        boolean ends = job.name().equals(name) && job.built().conclusion().isEmpty();
        next.add(ends ? new Job(job.id(), name, job.attempt(), built, register.now()) : job);
      }
      keep(run.with(next, register.now()));
    }
  }

  private void keep(ActionsRun run) {
    runs.put(run.id(), run);
  }

  List<ActionsRun> runs(String commit) {
    return runs.values().stream().filter(run -> run.commit().equals(commit)).toList();
  }

  List<ActionsRun> runs() {
    return List.copyOf(runs.values());
  }

  Optional<ActionsRun> run(long id) {
    return Optional.ofNullable(runs.get(id));
  }

  /** The job of that number, as it was when it ran. */
  Optional<Job> job(long id) {
    return runs.values().stream()
        .flatMap(run -> Stream.concat(run.jobs().stream(), run.earlier().stream()))
        .filter(job -> job.id() == id)
        .findFirst();
  }

  /** What another App or a status says from now on. */
  void say(String commit, String app, String name, Built built) {
    OtherCheck said = new OtherCheck(register.nextId(), commit, app, name, built, register.now());
    others.put(said.id(), said);
  }

  /** The checks of other Apps, or the statuses, of a commit; of each the last one. */
  List<OtherCheck> others(String commit, boolean statuses) {
    List<OtherCheck> all = every(commit, statuses);
    return all.stream()
        .filter(check ->
            all.stream().noneMatch(later -> later.id() > check.id() && later.replaces(check)))
        .toList();
  }

  /** Those that others have replaced as well. */
  List<OtherCheck> every(String commit, boolean statuses) {
    return others.values().stream()
        .filter(check -> check.commit().equals(commit) && check.isStatus() == statuses)
        .toList();
  }

  Optional<OtherCheck> other(long id) {
    return Optional.ofNullable(others.get(id));
  }

  /** Lets a branch require checks. */
  void require(String branch, Set<String> checks) {
    required.put(branch, new TreeSet<>(checks));
  }

  Set<String> required(String branch) {
    return required.getOrDefault(branch, Set.of());
  }
}
