package dev.knight.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;

/** Asks a stand-in as knight would: one account's token, GitHub's headers. */
final class RestClient implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI api;
  private final String token;

  RestClient(StandInGitHub gitHub, String token) {
    this.api = gitHub.apiUrl();
    this.token = token;
  }

  /** What came back; an empty body is a missing node. */
  record Reply(int status, JsonNode body, Map<String, String> headers) {
    String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  Reply get(String path) throws IOException, InterruptedException {
    return send("GET", path, "", Map.of());
  }

  Reply get(String path, Map<String, String> headers) throws IOException, InterruptedException {
    return send("GET", path, "", headers);
  }

  Reply post(String path, String body) throws IOException, InterruptedException {
    return send("POST", path, body, Map.of());
  }

  Reply patch(String path, String body) throws IOException, InterruptedException {
    return send("PATCH", path, body, Map.of());
  }

  Reply send(String method, String path, String body, Map<String, String> more)
      throws IOException, InterruptedException {
    URI uri = path.startsWith("http") ? URI.create(path) : URI.create(api + path);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .header("Accept", "application/vnd.github+json")
            .header("X-GitHub-Api-Version", "2022-11-28");
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    more.forEach(request::setHeader);
    HttpResponse<byte[]> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    Map<String, String> headers = new TreeMap<>();
    response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
    return new Reply(response.statusCode(), body(response), headers);
  }

  private static JsonNode body(HttpResponse<byte[]> response) throws IOException {
    boolean json = response.headers().firstValue("content-type").orElse("").contains("json");
    return Json.read(json ? response.body() : new byte[0]);
  }

  @Override
  public void close() {
    http.close();
  }
}
