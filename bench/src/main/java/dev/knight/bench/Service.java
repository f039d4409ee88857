package dev.knight.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.knight.api.KnightApi;
import dev.knight.home.KnightHome;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;

/** A service that runs, as it says itself in its home: its process, and its API. */
final class Service implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonMapper json = new JsonMapper();
  private final JsonNode address;
  private final String token;

  private Service(KnightHome home) throws IOException {
    this.address = json.readTree(Files.readString(home.service()));
    this.token = Files.readString(home.apiToken()).strip();
  }

  /** The one that serves from {@code home}. */
  static Service of(KnightHome home) throws IOException {
    return new Service(home);
  }

  /** Its process. */
  ProcessHandle process() {
    return ProcessHandle.of(address.required("pid").asLong()).orElseThrow();
  }

  /** What it says at {@code path} below that of the jobs. */
  JsonNode get(String path) throws IOException, InterruptedException {
    return answer(request(path).GET());
  }

  /** What it says to {@code body} there. */
  JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
    return answer(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
            URI.create(address.required("url").asText() + KnightApi.PATH + path))
        .header("Authorization", "Bearer " + token);
  }

  private JsonNode answer(HttpRequest.Builder request) throws IOException, InterruptedException {
    var answer = http.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new IllegalStateException("knight says " + answer.body());
    }
    return json.readTree(answer.body());
  }

  @Override
  public void close() {
    http.close();
  }
}
