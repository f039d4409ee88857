package dev.knight.rehearsal;

import dev.knight.job.RepositoryName;

/**
 * Where things of the stand-in are found.
 *
 * @param web the start of every page and clone address
 * @param api the start of every REST address
 */
record Urls(String web, String api) {
  static final String API_PATH = "/api/v3";

  /** Where GraphQL is answered, beside the REST interface. */
  static final String GRAPH_PATH = "/api/graphql";

  static Urls on(String server) {
    return new Urls(server, server + API_PATH);
  }

  String repository(RepositoryName name) {
    return api + "/repos/" + name;
  }

  String issue(RepositoryName name, long number) {
    return repository(name) + "/issues/" + number;
  }

  String pull(RepositoryName name, long number) {
    return repository(name) + "/pulls/" + number;
  }

  String page(RepositoryName name) {
    return web + "/" + name;
  }

  String page(RepositoryName name, Issue issue) {
    return page(name) + (issue.pull().isPresent() ? "/pull/" : "/issues/") + issue.number();
  }
}
