package dev.knight.ci;

import dev.knight.job.RepositoryName;
import java.time.Duration;
import java.util.List;

/**
 * How the checks of pull requests are watched.
 *
 * @param enabled whether they are
 * @param repositories the only ones that are ever touched
 * @param interval from one look to the next while something runs; ten times as long when nothing
 *     moves
 * @param settle how long nothing may have changed before what is there is believed: some checks
 *     begin late
 * @param rounds how often red checks may wake a job before a person has said something
 */
public record CiSettings(
    boolean enabled,
    List<RepositoryName> repositories,
    Duration interval,
    Duration settle,
    int rounds) {
  public CiSettings {
    repositories = List.copyOf(repositories);
  }
}
