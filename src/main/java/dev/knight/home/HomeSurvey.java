package dev.knight.home;

import dev.knight.job.JobId;
import dev.knight.job.RepositoryName;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What lies under a home, by the job that its name says. No link is followed, and nothing is read
 * but names.
 *
 * @param jobs in the order of their numbers
 * @param mirrors the repositories that have a mirror
 * @param unknown what bears no name that knight gives
 */
public record HomeSurvey(List<JobFiles> jobs, List<RepositoryName> mirrors, List<Path> unknown) {
  private static final String JOB = "([1-9][0-9]{0,17})";

  /** A conversation: {@code JOB}, or {@code JOB-review-1}. */
  private static final String CONVERSATION = JOB + "(?:-[A-Za-z0-9-]{1,63})?";

  private static final Pattern WORKTREE =
      Pattern.compile(
          JOB + "(?:-base)?|\\." + JOB + "(?:-base)?\\.(?:making|removing|work|git|git-making)");
  private static final Pattern SESSIONS = Pattern.compile(CONVERSATION);
  private static final Pattern RECORDING = Pattern.compile(CONVERSATION + "\\.jsonl");
  private static final Pattern ACCOUNT = Pattern.compile(JOB + "\\.jsonl");
  private static final Pattern CHECKS = Pattern.compile(JOB + "\\.json|\\." + JOB + "\\.making");
  private static final Pattern RUN =
      Pattern.compile(CONVERSATION + "(?:\\.sock|\\.setup|\\.overlay)?");
  private static final Pattern MARK = Pattern.compile(JOB + "\\.removing");
  private static final Pattern ADMIN = Pattern.compile(JOB + "(?:-base)?");
  private static final Pattern BARE = Pattern.compile("([^.].*)\\.git");

  /** Keeps its own copies. */
  public HomeSurvey {
    jobs = List.copyOf(jobs);
    mirrors = List.copyOf(mirrors);
    unknown = List.copyOf(unknown);
  }

  /** Looks at every name that a job can have given to something in {@code home}. */
  public static HomeSurvey of(KnightHome home) throws IOException {
    Walk walk = new Walk();
    for (Path entry : entries(home.worktrees())) {
      walk.at(entry, WORKTREE).ifPresent(job -> job.worktrees.add(entry));
    }
    walk.others(home.sessions(), SESSIONS);
    walk.others(home.recordings(), RECORDING);
    walk.others(home.accounts(), ACCOUNT);
    walk.others(home.checks(), CHECKS);
    walk.run(home);
    walk.mirrors(home.mirrors());
    return walk.survey();
  }

  private static List<Path> entries(Path directory) throws IOException {
    List<Path> entries = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
        stream.forEach(entries::add);
      }
    }
    return entries;
  }

  private static boolean isDirectory(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** What has been found of one job. */
  private static final class Found {
    private final List<Path> worktrees = new ArrayList<>();
    private final List<RepositoryName> mirrors = new ArrayList<>();
    private final List<Path> bridges = new ArrayList<>();
    private final List<Path> others = new ArrayList<>();
    private boolean removing;
  }

  /** One look at a home. */
  private static final class Walk {
    private final Map<JobId, Found> jobs = new TreeMap<>();
    private final List<RepositoryName> mirrors = new ArrayList<>();
    private final List<Path> unknown = new ArrayList<>();

    HomeSurvey survey() {
      List<JobFiles> files = new ArrayList<>();
      jobs.forEach((id, found) ->
          files.add(
              new JobFiles(
                  id,
                  found.worktrees,
                  found.mirrors,
                  found.bridges,
                  found.others,
                  found.removing)));
      return new HomeSurvey(files, mirrors, unknown);
    }

    void others(Path directory, Pattern names) throws IOException {
      for (Path entry : entries(directory)) {
        at(entry, names).ifPresent(job -> job.others.add(entry));
      }
    }

    void run(KnightHome home) throws IOException {
      Set<Path> own = Set.of(home.serviceLock(), home.service());
      for (Path entry : entries(home.run())) {
        Optional<JobId> marked = job(entry, MARK);
        if (marked.isPresent()) {
          found(marked.get()).removing = true;
        } else if (!own.contains(entry)) {
          at(entry, RUN)
              .ifPresent(job -> {
                job.others.add(entry);
                if (isDirectory(entry)) {
                  job.bridges.add(entry);
                }
              });
        }
      }
    }

    void mirrors(Path top) throws IOException {
      for (Path owner : entries(top)) {
        for (Path mirror : isDirectory(owner) ? entries(owner) : List.<Path>of()) {
          Matcher bare = BARE.matcher(mirror.getFileName().toString());
          if (bare.matches() && isDirectory(mirror)) {
            mirror(mirror, owner.getFileName() + "/" + bare.group(1));
          }
        }
      }
    }

    private void mirror(Path mirror, String text) throws IOException {
      RepositoryName name;
      try {
        name = RepositoryName.parse(text);
      } catch (IllegalArgumentException _) {
        unknown.add(mirror);
        return;
      }
      mirrors.add(name);
      for (Path admin : entries(mirror.resolve("worktrees"))) {
        job(admin, ADMIN)
            .map(job -> found(job).mirrors)
            .filter(known -> !known.contains(name))
            .ifPresent(known -> known.add(name));
      }
    }

    /** The job that {@code entry} is of; noted as unknown when its name is none of knight's. */
    private Optional<Found> at(Path entry, Pattern names) {
      Optional<JobId> job = job(entry, names);
      if (job.isEmpty()) {
        unknown.add(entry);
      }
      return job.map(this::found);
    }

    private Found found(JobId job) {
      return jobs.computeIfAbsent(job, _ -> new Found());
    }

    /** The number is in the only group that matched. */
    private static Optional<JobId> job(Path entry, Pattern names) {
      Matcher name = names.matcher(entry.getFileName().toString());
      if (!name.matches()) {
        return Optional.empty();
      }
      String number = name.group(1) != null ? name.group(1) : name.group(2);
      return Optional.of(new JobId(Long.parseLong(number)));
    }
  }
}
