package dev.knight.bench;

import static dev.knight.rehearsal.RehearsalWorld.MAINTAINER;
import static dev.knight.rehearsal.RehearsalWorld.REPOSITORY;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.knight.home.KnightHome;
import dev.knight.job.Subject;
import dev.knight.rehearsal.Fault;
import dev.knight.rehearsal.StandInGitHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a service has in its memory and on its disk after a thousand jobs, and after many more. Each
 * is accepted, claimed, prepared, refused and told of. The comments of its issue are gone, so that
 * this ends without a write to GitHub, of which knight makes one a second.
 */
final class Endurance {
  /** GitHub's own would end it soon. */
  static final List<String> LIMITS = List.of("--requests-per-hour", "999999999");

  /** So many at a time, each for an issue of its own. */
  private static final int ISSUES = 50;

  private static final int FIRST = 1_000;
  private static final int SOME = 2_000;
  private static final int ALL = 10_000;

  /** Longer than the 45 s for which H2 remembers what was replaced, until the next save. */
  private static final Duration REST = Duration.ofSeconds(50);

  /** A line of a histogram of what lives: how many bytes of one class, but for what fills gaps. */
  private static final Pattern LIVING =
      Pattern.compile("(?m)^ *\\d+: +\\d+ +(\\d+) ++(?!\\S*jdk\\.internal\\.vm\\.Filler)");

  private static final double MIB = 1 << 20;

  private final Place place;
  private final Town town;
  private final List<Subject> issues = new ArrayList<>();
  private int done;

  private Endurance(Place place, Town town) {
    this.place = place;
    this.town = town;
  }

  /** In {@code town}, beside its service; {@code whole} are ten thousand jobs. */
  static Contest of(Place place, Town town, boolean whole) {
    Endurance endurance = new Endurance(place, town);
    return new Contest(
            "endurance",
            List.of(
                new Contestant("after 1,000 jobs", () -> endurance.after(FIRST)),
                new Contestant("at the end", () -> endurance.after(whole ? ALL : SOME))),
            1)
        .beside(() -> {
          endurance.open();
          return town.serve(Map.of("KNIGHT_POLLING_ENABLED", "false"));
        });
  }

  private void open() {
    StandInGitHub gitHub = town.rehearsal().gitHub();
    for (int i = 0; i < ISSUES; i++) {
      issues.add(gitHub.world().openIssue(REPOSITORY, MAINTAINER, "Issue " + i, "Nothing."));
    }
    gitHub.inject(
        Fault.on("GET", "/repos/.*/issues/[0-9]+/comments")
            .answer(410, "This issue was deleted")
            .times(Integer.MAX_VALUE));
  }

  private Map<String, Double> after(int jobs) throws Exception {
    try (Service service = Service.of(town.home())) {
      long begin = System.nanoTime();
      int before = done;
      while (done < jobs) {
        ask(service, issues);
        done += issues.size();
      }
      double seconds = Command.millisSince(begin) / 1_000;
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put("jobs", (double) done);
      figures.put("jobs/s", (done - before) / seconds);
      figures.put("living heap at work MiB", heap(service.process().pid()) / MIB);
      Thread.sleep(REST);
      ask(service, issues.subList(0, 1));
      figures.put("living heap MiB", heap(service.process().pid()) / MIB);
      figures.put("PSS MiB", Usage.of(service.process()).pssKib() / 1024.0);
      figures.put("store MiB", size(store()) / MIB);
      figures.put("home without store, copies and log MiB", others() / MIB);
      return figures;
    }
  }

  /** Asks for one job for each of {@code some} issues, and waits until all are over. */
  private void ask(Service service, List<Subject> some) throws Exception {
    for (Subject issue : some) {
      String page =
          "%s/%s/issues/%d"
              .formatted(town.rehearsal().gitHub().webUrl(), REPOSITORY, issue.number());
      service.post("", JsonNodeFactory.instance.objectNode().put("url", page));
    }
    Town.await("end of the jobs", () -> service.get("?limit=1&state=queued,running").isEmpty());
    town.rehearsal().gitHub().forgetRequests();
  }

  /** Of what lives, in bytes. */
  private double heap(long pid) throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin/jcmd");
    List<String> words = List.of(jcmd.toString(), Long.toString(pid), "GC.class_histogram");
    Command command = place.command(Map.of(), "histogram", words);
    Files.deleteIfExists(command.log());
    command.measure(0);
    return LIVING
        .matcher(Files.readString(command.log()))
        .results()
        .mapToDouble(line -> Double.parseDouble(line.group(1)))
        .sum();
  }

  private double others() throws IOException {
    KnightHome home = town.home();
    return size(home.root()) - size(store()) - size(home.backups()) - size(home.log());
  }

  private Path store() {
    return town.home().store().resolveSibling("");
  }

  private static double size(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return 0;
    }
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
