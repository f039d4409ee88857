package dev.knight.bench;

import static dev.knight.rehearsal.RehearsalWorld.REPOSITORY;

import dev.knight.job.Subject;
import dev.knight.rehearsal.RehearsalWorld;
import dev.knight.rehearsal.StandInGitHub;
import dev.knight.rehearsal.World;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One small job, from the mention that was accepted to its pull request, with a model that is quick
 * to answer. Beside it a script does the same with git and pi alone.
 */
final class Errand {
  /**
   * Quicker than any model, and slow enough that GitHub's second between writes is over when the
   * pull request is to be made, as it is in any real job.
   */
  static final List<String> LATENCY = List.of("--latency-ms", "200");

  private static final String WHOLE = "to pull request ms";
  private static final String CPU = "CPU ms";

  private final Place place;
  private final Town town;
  private final Path here;
  private final AtomicInteger turns = new AtomicInteger();

  private Errand(Place place, Town town, Path here) {
    this.place = place;
    this.town = town;
    this.here = here;
  }

  /** In {@code town}, beside its service; {@code here} is for those who work by hand. */
  static Contest of(Place place, Town town, Path here) {
    Errand errand = new Errand(place, town, here);
    return new Contest(
            "job",
            List.of(
                new Contestant("knight", errand::knight),
                new Contestant("pi and git by hand", errand::byHand)))
        .beside(() -> town.serve(Map.of("KNIGHT_POLLING_INTERVAL", "1s")));
  }

  private Map<String, Double> knight() throws Exception {
    try (Service service = Service.of(town.home());
        CpuCurve cpu = CpuCurve.of(service.process())) {
      Subject issue = RehearsalWorld.openIssue(world(), "Nothing is said, " + turns.get());
      Town.await("final word", () -> town.isOver(issue));
      Instant over = Instant.now();
      long job = service.get("?limit=1").required(0).required("id").asLong();
      return figures(Story.of(service.get("/" + job)), Story.ofPi(town.home(), job), over, cpu);
    }
  }

  private static Map<String, Double> figures(
      Story story, List<Story.Part> pi, Instant over, CpuCurve cpu) {
    Instant accepted = story.at("accepted", "");
    Instant published = story.at("effect", "Pull request ");
    double whole = new Story.Part("all", accepted, published).millis();
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put(WHOLE, whole);
    figures.put(CPU, cpu.millis(accepted, over));
    figures.put("without pi ms", whole - pi.stream().mapToDouble(Story.Part::millis).sum());
    pi.forEach(part -> figures.merge(part.name() + " ms", part.millis(), Double::sum));
    for (Story.Part step : story.steps()) {
      figures.merge(step.name() + " ms", step.millis(), Double::sum);
      figures.merge(step.name() + " CPU ms", cpu.millis(step.from(), step.to()), Double::sum);
    }
    figures.put("then final word ms", new Story.Part("report", published, over).millis());
    return figures;
  }

  private Map<String, Double> byHand() throws Exception {
    // It is not knight who is asked.
    Subject issue = world().openIssue(REPOSITORY, RehearsalWorld.MAINTAINER, "By hand", "Mend it.");
    StandInGitHub gitHub = town.rehearsal().gitHub();
    Map<String, String> environment = new TreeMap<>();
    environment.put("BENCH_PLACE", here.toString());
    environment.put("BENCH_CLONE", "%s/%s.git".formatted(gitHub.webUrl(), REPOSITORY));
    environment.put("BENCH_API", "%s/repos/%s".formatted(gitHub.apiUrl(), REPOSITORY));
    environment.put("BENCH_TOKEN", RehearsalWorld.TOKEN);
    environment.put("BENCH_MODEL", town.rehearsal().model().baseUrl().toString());
    environment.put("BENCH_KEY", Town.MODEL_KEY);
    environment.put("BENCH_PI", place.pi().toString());
    List<String> words =
        List.of(
            place.root().resolve("bench/by-hand").toString(),
            "change-" + turns.incrementAndGet(),
            Long.toString(issue.number()));
    Map<String, Double> measured = place.command(environment, "by-hand", words).measure(0);
    return Map.of(
        WHOLE,
        measured.getOrDefault("wall ms", Double.NaN),
        CPU,
        measured.getOrDefault("CPU ms", Double.NaN));
  }

  private World world() {
    return town.rehearsal().gitHub().world();
  }
}
