package dev.knight.bench;

import static dev.knight.rehearsal.RehearsalWorld.REPOSITORY;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How long it takes to see that nothing is new in a repository with ten thousand pull requests,
 * beside git's own fetch of its branches. A service has done it before; git is a new process each
 * time, as it would be.
 */
final class Fetches {
  private static final int PULLS = 10_000;

  private final Place place;
  private final Town town;

  private Fetches(Place place, Town town) {
    this.place = place;
    this.town = town;
  }

  /** Both from the stand-in of {@code town}. */
  static Contest of(Place place, Town town) {
    Fetches fetches = new Fetches(place, town);
    return new Contest(
            "fetch",
            List.of(
                new Contestant("knight", fetches::knight),
                new Contestant("git fetch", fetches::git)))
        .beside(() -> {
          fetches.openPulls();
          return () -> {};
        });
  }

  /** Each has a reference, as on GitHub, and all of them the same commit. */
  private void openPulls() throws IOException, InterruptedException {
    for (Path repository : town.repositories()) {
      String commit = Git.run(repository, "rev-parse", "HEAD").strip();
      List<String> lines = new ArrayList<>(List.of("# pack-refs with: sorted "));
      IntStream.rangeClosed(1, PULLS)
          .mapToObj(number -> "%s refs/pull/%d/head".formatted(commit, number))
          .sorted(Comparator.naturalOrder())
          .forEach(lines::add);
      Files.write(repository.resolve("packed-refs"), lines);
    }
  }

  private URI url() {
    return URI.create("%s/%s.git".formatted(town.rehearsal().gitHub().webUrl(), REPOSITORY));
  }

  private Map<String, Double> knight() throws Exception {
    Command fetch =
        place.java(
            "fetch",
            List.of("-Xmx512m"),
            place.classPath(),
            KnightFetch.class.getName(),
            place.directory("fetch").toString(),
            REPOSITORY.toString(),
            url().toString());
    Files.deleteIfExists(fetch.log());
    fetch.measure(0);
    return Latencies.read(Files.readAllLines(fetch.log()));
  }

  private Map<String, Double> git() throws Exception {
    Path mirror = place.directory("git-fetch");
    Git.run(mirror, "init", "-q", "--bare");
    Git.run(mirror, "remote", "add", "origin", url().toString());
    Git.run(mirror, "config", "remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*");
    return Map.of(
        KnightFetch.FIGURE,
        KnightFetch.median(
            () -> Git.run(mirror, "fetch", "--quiet", "--prune", "--no-tags", "origin")));
  }
}
