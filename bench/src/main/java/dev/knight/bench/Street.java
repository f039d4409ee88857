package dev.knight.bench;

import dev.knight.job.RepositoryName;
import dev.knight.rehearsal.Permission;
import dev.knight.rehearsal.RehearsalWorld;
import dev.knight.rehearsal.SeenRequest;
import dev.knight.rehearsal.StandInGitHub;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A town with as many repositories as are wanted, in which nothing happens. */
final class Street implements AutoCloseable {
  private static final String ACCEPT = "application/vnd.github+json";
  private static final String BEARER = "Bearer " + RehearsalWorld.TOKEN;

  private final Town town;
  private final List<RepositoryName> repositories;

  private Street(Town town, List<RepositoryName> repositories) {
    this.town = town;
    this.repositories = repositories;
  }

  /** Opens one with {@code size} repositories. */
  static Street open(Place place, String name, int size) throws IOException {
    Town town = Town.open(place, name);
    List<RepositoryName> repositories = new ArrayList<>(List.of(RehearsalWorld.REPOSITORY));
    IntStream.range(1, size)
        .mapToObj(number -> new RepositoryName(RehearsalWorld.MAINTAINER, "quiet-" + number))
        .forEach(repositories::add);
    for (RepositoryName repository : repositories.subList(1, size)) {
      town.rehearsal().gitHub().world().addRepository(repository, Map.of("README.md", "Quiet\n"));
      town.rehearsal().gitHub().world().permit(repository, RehearsalWorld.KNIGHT, Permission.WRITE);
    }
    return new Street(town, repositories);
  }

  /** Its repositories' names. */
  List<String> names() {
    return repositories.stream().map(RepositoryName::toString).toList();
  }

  /** Where its GitHub is asked. */
  URI apiUrl() {
    return town.rehearsal().gitHub().apiUrl();
  }

  /** What GitHub wants to be told with each question, a line each. */
  static List<String> headers() {
    return List.of("Accept: " + ACCEPT, "Authorization: " + BEARER);
  }

  /** What knight is told here; it asks once a minute, whether something goes on or not. */
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>(town.settings());
    settings.put("KNIGHT_GITHUB_REPOSITORIES", String.join(",", names()));
    settings.put("KNIGHT_POLLING_INTERVAL", "60s");
    return settings;
  }

  /** When nothing was new, and the entity tag of every list that has nothing since. */
  List<String> anchor() throws IOException, InterruptedException {
    Instant since = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    URI list =
        URI.create(
            "%s/repos/%s/issues?since=%s".formatted(apiUrl(), RehearsalWorld.REPOSITORY, since));
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(list)
              .header("Accept", ACCEPT)
              .header("Authorization", BEARER)
              .build();
      HttpResponse<Void> reply = client.send(request, HttpResponse.BodyHandlers.discarding());
      return List.of(since.toString(), reply.headers().firstValue("etag").orElseThrow());
    }
  }

  /** Waits until the paths that were asked for {@code satisfy}. */
  void await(Predicate<List<String>> satisfy) throws Exception {
    StandInGitHub gitHub = town.rehearsal().gitHub();
    Town.await(
        "question for each of %d repositories".formatted(repositories.size()),
        () -> satisfy.test(gitHub.requests().stream().map(SeenRequest::path).toList()));
  }

  /** Forgets all requests so far. */
  void forget() {
    town.rehearsal().gitHub().forgetRequests();
  }

  /** How many requests there were, by whether their answer was that nothing is new. */
  Map<Boolean, Long> requests() {
    return town.rehearsal().gitHub().requests().stream()
        .collect(Collectors.partitioningBy(SeenRequest::notModified, Collectors.counting()));
  }

  @Override
  public void close() throws IOException {
    town.close();
  }
}
