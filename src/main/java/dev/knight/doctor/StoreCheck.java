package dev.knight.doctor;

import dev.knight.bridge.BridgeLock;
import dev.knight.home.HomeSurvey;
import dev.knight.home.JobFiles;
import dev.knight.home.KnightHome;
import dev.knight.hygiene.ShellWord;
import dev.knight.job.MisconfiguredException;
import dev.knight.store.StoreSurvey;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether the store is whole and has copies, and what in the home belongs to no job of it. While a
 * service runs, the store is the service's, and only its files are looked at.
 */
public final class StoreCheck implements Check {
  private static final Duration OLD = Duration.ofDays(3);
  private static final int MOST_NAMES = 5;

  private final KnightHome home;
  private final StoreSurvey survey;
  private final Turn turn;
  private final InstantSource clock;

  /**
   * Looks at nothing yet.
   *
   * @param store its file, without the ending that H2 adds
   */
  public StoreCheck(KnightHome home, Path store, Turn turn, InstantSource clock) {
    this.home = home;
    this.survey = new StoreSurvey(home, store);
    this.turn = turn;
    this.clock = clock;
  }

  @Override
  public String id() {
    return "store";
  }

  @Override
  public String title() {
    return "Store";
  }

  @Override
  public List<Result> look() throws IOException {
    if (!Files.exists(survey.file())) {
      return List.of(missing());
    }
    List<Result> results = new ArrayList<>();
    Optional<Closeable> taken = turn.take();
    if (taken.isEmpty()) {
      results.add(
          Result.good(
              id(), title(), "%s, open in the service that runs".formatted(size(survey.file()))));
    } else {
      try (Closeable _ = taken.get()) {
        results.addAll(alone());
      }
    }
    results.add(copies());
    return List.copyOf(results);
  }

  private Result missing() {
    return survey.jobsOnce() == 0
        ? Result.skipped(id(), title(), "there is none yet")
        : Result.bad(
            id(),
            title(),
            "%s is gone, and there were %d jobs in it".formatted(survey.file(), survey.jobsOnce()),
            "knight restore FILE, with the newest of " + home.backups());
  }

  private List<Result> alone() throws IOException {
    if (survey.isMigrating()) {
      return List.of(
          Result.doubtful(
              id(),
              title(),
              "a change of its schema did not come to its end",
              "knight serve, which begins it again from the copy"));
    }
    StoreSurvey.Content content;
    try {
      content = survey.read();
    } catch (MisconfiguredException damaged) {
      return List.of(damage(damaged));
    }
    List<Result> results = new ArrayList<>();
    results.add(
        Result.good(
            id(),
            title(),
            "%d jobs, %s, schema %s"
                .formatted(content.jobs().size(), size(survey.file()), content.schema())));
    results.addAll(leftovers(content));
    return results;
  }

  /** Its message has the mend after the last of its parts. */
  private Result damage(MisconfiguredException damaged) {
    String said = String.valueOf(damaged.getMessage());
    int mend = said.lastIndexOf("knight restore");
    return mend < 0
        ? Result.bad(id(), title(), damaged)
        : Result.bad(id(), title(), said.substring(0, mend).strip(), said.substring(mend));
  }

  private Result copies() throws IOException {
    Optional<Instant> newest = survey.newestCopy();
    if (newest.isEmpty()) {
      return Result.doubtful(
          "store.backups",
          "Backups",
          "there is none yet; the service makes one a day",
          "knight backup FILE");
    }
    Duration age = Duration.between(newest.get(), clock.instant());
    String words = "the newest is %d h old".formatted(Math.max(0, age.toHours()));
    return age.compareTo(OLD) > 0
        ? Result.doubtful(
            "store.backups",
            "Backups",
            "the newest is %d days old".formatted(age.toDays()),
            "knight backup FILE; the service makes one a day while it runs")
        : Result.good("store.backups", "Backups", words);
  }

  private List<Result> leftovers(StoreSurvey.Content content) throws IOException {
    HomeSurvey all = HomeSurvey.of(home);
    List<Result> results = new ArrayList<>();
    List<Path> strange = all.unknown();
    if (!strange.isEmpty()) {
      results.add(
          Result.doubtful(
              "leftovers.unknown",
              "Foreign files",
              "knight gives nothing such a name: " + names(strange),
              "look at them, and move them out of " + home.root()));
    }
    List<Path> ownerless =
        all.jobs().stream()
            .filter(files -> !content.jobs().contains(files.job()))
            .map(JobFiles::worktrees)
            .flatMap(List::stream)
            .toList();
    if (!ownerless.isEmpty()) {
      results.add(
          Result.doubtful(
              "leftovers.worktrees",
              "Worktrees without a job",
              names(ownerless),
              "knight serve removes them after knight.retention.days; what is dear to you in them,"
                  + " copy now"));
    }
    results.addAll(bridges());
    return results;
  }

  /** Without a service nobody listens to what its bridges say. */
  private List<Result> bridges() throws IOException {
    List<Path> dead = new ArrayList<>();
    int alive = 0;
    if (Files.isDirectory(home.run())) {
      try (DirectoryStream<Path> sockets = Files.newDirectoryStream(home.run(), "*.sock")) {
        for (Path socket : sockets) {
          String name = socket.getFileName().toString().replaceFirst("\\.sock$", "");
          if (BridgeLock.isHeld(home.bridge(name))) {
            alive++;
          } else {
            dead.add(socket);
          }
        }
      }
    }
    List<Result> results = new ArrayList<>();
    if (!dead.isEmpty()) {
      results.add(
          Result.doubtful(
                  "leftovers.sockets",
                  "Dead sockets",
                  names(dead),
                  "rm " + dead.stream().map(ShellWord::of).collect(Collectors.joining(" ")))
              .mendedBy(new Fix.Remove(turn, dead)));
    }
    if (alive > 0) {
      results.add(
          Result.doubtful(
              "leftovers.agents",
              "Agents at work",
              "%d without a service that listens to them".formatted(alive),
              "knight serve, which finds them again"));
    }
    return results;
  }

  private static String names(List<Path> paths) {
    String some =
        paths.stream().limit(MOST_NAMES).map(Path::toString).collect(Collectors.joining(", "));
    return paths.size() > MOST_NAMES
        ? "%s and %d more".formatted(some, paths.size() - MOST_NAMES)
        : some;
  }

  private static String size(Path file) throws IOException {
    long bytes = Files.size(file);
    return bytes < 10 << 20 ? (bytes >> 10) + " kB" : (bytes >> 20) + " MB";
  }
}
