package dev.knight.packaged;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.knight.api.ApiToken;
import dev.knight.home.KnightHome;
import dev.knight.job.Subject;
import dev.knight.packaged.Program.Ended;
import dev.knight.packaged.Program.Service;
import dev.knight.rehearsal.ModelAnswer;
import dev.knight.rehearsal.ModelRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is not at the terminal is told, also when the service dies in between. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NotifyIT {
  private static final String SECRET = "canary-of-the-signature-0123456789";
  private static final String ASKS =
      """
      I have to know.

      ```json
      {"outcome": "question", "questions": [
        {"question": "Which colour?", "default": "red", "reversible": true}]}
      ```
      """;

  @TempDir private Path home;

  @Test
  void people_programs_and_clients_are_told_everything_once_across_a_kill() throws Exception {
    try (Town town = new Town(home, NotifyIT::asks);
        Receiver receiver = new Receiver()) {
      Path told = home.resolve("told");
      Program knight =
          town.knight()
              .with("KNIGHT_QUESTIONS", "wait")
              .with("KNIGHT_NOTIFY_URL", receiver.address())
              .with("KNIGHT_NOTIFY_SECRET", SECRET)
              .with("KNIGHT_NOTIFY_COMMAND", script(told).toString());
      Subject issue;
      String key = "it-is-one-request";
      String page;
      Onlooker first;
      try (Service service = knight.serve()) {
        Ended test = knight.run("notify", "test");
        assertThat(test.out()).contains("✓ A test was sent by the webhook at 127.0.0.1");
        assertThat(test.exitCode()).as(test.out()).isZero();
        first = new Onlooker(knight, "0");
        Subject quiet = town.ask(2);
        page = town.page(quiet);
        assertThat(town.finalWord(quiet)).contains("done:");

        receiver.isAway = true;
        issue = town.ask(1);
        assertThat(town.finalWord(issue)).contains("Which colour?");
        town.await("a try to tell it", () -> receiver.refused.get() > 0);
        assertThat(knight.run("enqueue", page, "--key", key, "-m", "note 2").out())
            .startsWith("Job 3 ");
        service.kill();
      }
      receiver.isAway = false;
      try (Service _ = knight.serve()) {
        town.await("the question is told", () -> receiver.has("needs-you"));
        Ended again = knight.run("enqueue", page, "--key", key, "-m", "note 2");
        assertThat(again.out()).startsWith("Job 3 ");
        Ended other = knight.run("enqueue", page, "--key", key, "-m", "note 3");
        assertThat(other.exitCode()).isEqualTo(3);
        assertThat(other.err()).contains("was used for another request");
        Onlooker second = new Onlooker(knight, first.last());

        town.world().comment(issue, "ada", "@sir-knight green");
        town.await("a pull request", () -> town.status(issue).startsWith("@ada, done"));
        town.await("all is told", () -> receiver.count("done") + receiver.count("no-change") == 3);

        assertThat(receiver.count("needs-you")).isOne();
        assertThat(receiver.letters).extracting(Letter::id).doesNotHaveDuplicates();
        assertThat(receiver.letters).allMatch(Letter::isSigned);
        assertThat(receiver.letters)
            .filteredOn(letter -> letter.event().equals("needs-you"))
            .singleElement()
            .satisfies(letter -> {
              assertThat(letter.body().path("title").asText()).contains("needs you", "Add note 1");
              assertThat(letter.body().path("text").asText()).contains("Which colour?");
              assertThat(letter.body().path("link").asText()).isEqualTo(town.page(issue));
            });
        town.await("the command is told as well", () -> lines(told).size() == 5);
        assertThat(lines(told))
            .doesNotHaveDuplicates()
            .anyMatch(line -> line.contains("needs-you"));
        assertThat(Files.readString(Path.of(told + ".env")))
            .doesNotContain(SECRET, Town.TOKEN, Town.MODEL_KEY, "KNIGHT_GITHUB");
        List<Long> story = story(knight);
        town.await("the end of the story", () -> second.ids.contains(story.getLast()));
        assertThat(Stream.concat(first.ids.stream(), second.ids.stream()))
            .as("each once, in order, whoever was cut off")
            .containsExactlyElementsOf(story);
      }
      assertThat(logs(knight))
          .contains("Notices wait, because the webhook at 127.0.0.1 answers with status 503")
          .doesNotContain(SECRET, receiver.address());
      town.assertAsGitHubSays();
    }
  }

  /** What both services logged. */
  private static String logs(Program knight) throws IOException {
    try (Stream<Path> files = Files.list(knight.home().resolve("log"))) {
      return files.flatMap(file -> lines(file).stream()).collect(Collectors.joining("\n"));
    }
  }

  /** The numbers of all events of all jobs. */
  private static List<Long> story(Program knight) throws Exception {
    List<Long> story = new ArrayList<>();
    for (String job : List.of("1", "2", "3")) {
      try (InputStream shown = asked(knight, "/api/v1/jobs/" + job, "0")) {
        events(new String(shown.readAllBytes(), UTF_8)).forEach(story::add);
      }
    }
    return story.stream().sorted().toList();
  }

  /** What the service answers. */
  private static InputStream asked(Program knight, String path, String after) throws Exception {
    KnightHome its = new KnightHome(knight.home());
    URI service =
        URI.create(new ObjectMapper().readTree(its.service().toFile()).path("url").asText());
    HttpRequest request =
        HttpRequest.newBuilder(service.resolve(path))
            .header("Authorization", ApiToken.read(its.apiToken()).authorization())
            .header("Last-Event-ID", after)
            .build();
    HttpResponse<InputStream> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  private static Stream<Long> events(String shown) {
    try {
      JsonNode events = new ObjectMapper().readTree(shown).path("events");
      return StreamSupport.stream(events.spliterator(), false)
          .map(event -> event.path("sequence").asLong());
    } catch (IOException unreadable) {
      throw new AssertionError(shown, unreadable);
    }
  }

  /** Asks before it writes note 1. */
  private static ModelAnswer asks(ModelRequest request) {
    boolean answered = request.messages().toString().contains("@sir-knight green");
    boolean asks = request.prompt().contains("Add note 1") && !answered;
    return request.tools().contains("edit") && asks ? ModelAnswer.text(ASKS) : writes(request);
  }

  private static ModelAnswer writes(ModelRequest request) {
    long said =
        request.messages().reversed().stream()
            .takeWhile(message -> !message.role().equals("user"))
            .filter(message -> message.role().equals("assistant"))
            .count();
    if (!request.tools().contains("edit")) {
      return Town.notes(request);
    }
    String file = request.prompt().contains("Add note 1") ? "notes/1.md" : "notes/2.md";
    return said == 0
        ? ModelAnswer.text("I write it.").write(file, "it is fine\n")
        : Town.changed("Add a note");
  }

  /** Adds what it is told to {@code told}, a line each. */
  private Path script(Path told) throws IOException {
    Path script = home.resolve("tell");
    Files.writeString(
        script,
        "#!/bin/sh\necho \"$KNIGHT_ID $KNIGHT_EVENT\" >> %1$s\nenv > %1$s.env\n".formatted(told));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return script;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  /** What arrived. */
  private record Letter(String id, String event, String time, String signature, String text) {
    JsonNode body() {
      try {
        return new ObjectMapper().readTree(text);
      } catch (IOException unreadable) {
        throw new AssertionError(text, unreadable);
      }
    }

    boolean isSigned() {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
        byte[] own = mac.doFinal((time + "." + text).getBytes(UTF_8));
        return signature.equals("sha256=" + HexFormat.of().formatHex(own));
      } catch (GeneralSecurityException impossible) {
        throw new AssertionError(impossible);
      }
    }
  }

  /** Where the webhook leads. */
  private static final class Receiver implements AutoCloseable {
    final Queue<Letter> letters = new ConcurrentLinkedQueue<>();
    volatile boolean isAway;
    final AtomicInteger refused = new AtomicInteger();
    private final HttpServer server;

    Receiver() throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            String text = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            var headers = exchange.getRequestHeaders();
            if (isAway) {
              refused.incrementAndGet();
            } else {
              letters.add(
                  new Letter(
                      headers.getFirst("X-Knight-Delivery"),
                      headers.getFirst("X-Knight-Event"),
                      headers.getFirst("X-Knight-Timestamp"),
                      headers.getFirst("X-Knight-Signature"),
                      text));
            }
            exchange.sendResponseHeaders(isAway ? 503 : 204, -1);
            exchange.close();
          });
      server.start();
    }

    String address() {
      return "http://127.0.0.1:%d/secret-path".formatted(server.getAddress().getPort());
    }

    boolean has(String event) {
      return count(event) > 0;
    }

    /** Of jobs: a test is none. */
    long count(String event) {
      return letters.stream()
          .filter(letter -> letter.event().equals(event) && !letter.id().startsWith("test-"))
          .count();
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }

  /** A client of the events, who notes the numbers until it is cut off. */
  private static final class Onlooker {
    final Queue<Long> ids = new ConcurrentLinkedQueue<>();

    Onlooker(Program knight, String after) throws Exception {
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(asked(knight, "/api/v1/events", after), UTF_8));
      Thread.ofVirtual().start(() -> read(lines));
    }

    /** A message's number comes before its kind. */
    private void read(BufferedReader lines) {
      Optional<Long> number = Optional.empty();
      try (lines) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.startsWith("id: ")) {
            number = Optional.of(Long.parseLong(line.substring(4)));
          } else if (line.equals("event: event")) {
            number.ifPresent(ids::add);
          }
        }
      } catch (IOException cutOff) {
        ids.removeIf(id -> id < 0);
      }
    }

    String last() {
      return ids.stream().reduce((_, id) -> id).map(Object::toString).orElse("0");
    }
  }
}
