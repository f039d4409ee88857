package dev.knight.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.knight.api.ApiToken;
import dev.knight.api.LivePosition;
import dev.knight.home.KnightHome;
import dev.knight.job.Event;
import dev.knight.job.Failure;
import dev.knight.job.HandRequests;
import dev.knight.job.Hold;
import dev.knight.job.IssueUrl;
import dev.knight.job.Job;
import dev.knight.job.JobId;
import dev.knight.job.JobState.Retrying;
import dev.knight.job.JobStore;
import dev.knight.job.Mention;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.Person;
import dev.knight.job.RefusedException;
import dev.knight.job.Side;
import dev.knight.job.UnavailableException;
import dev.knight.store.StoreUrl;
import io.quarkus.arc.Arc;
import io.quarkus.qute.runtime.EngineProducer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ObjectAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ApiTest.Alone.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ApiTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final Failure AWAY =
      new Failure.Outage(Side.GITHUB, "GitHub is away", Optional.empty());
  private static final Person ADA = new Person(7, "ada");

  /** The store and the API, and nothing of GitHub. */
  public static final class Alone implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      try {
        Path store = Files.createTempDirectory("knight-api-store");
        return Map.of(
            StoreUrl.PROPERTY, StoreUrl.of(store, Optional.empty()), "quarkus.http.test-port", "0");
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
      return Set.of(World.class);
    }
  }

  @Alternative
  @Singleton
  static final class World {
    @Produces
    @Singleton
    KnightHome home() throws IOException {
      return new KnightHome(Files.createTempDirectory("knight-api"));
    }

    @Produces
    @Singleton
    HandRequests requests(JobStore store) {
      return (url, text, key) -> {
        switch (url.subject().repository().name()) {
          case "refused" -> throw new RefusedException("GitHub knows no such issue");
          case "misconfigured" -> throw new MisconfiguredException("The token is wrong");
          case "unavailable" -> throw new UnavailableException("GitHub is away", Optional.empty());
          case "bug" -> throw new IllegalStateException("inner secret");
          default -> {}
        }
        Mention mention = mention(url, text.orElse("as it says"));
        return key.map(it -> store.accept(mention, it, NOW))
            .orElseGet(() -> store.accept(mention, NOW));
      };
    }
  }

  private static final Path DESCRIPTION = Path.of("docs/openapi.yaml");

  @Inject KnightHome home;
  @Inject JobStore store;
  private @Nullable ApiJudge judge;

  /** The newest: every test has one of its own. */
  private Job job() {
    IssueUrl url = IssueUrl.parse(page("engine-" + UUID.randomUUID(), 1));
    return store.accept(mention(url, "do it"), NOW);
  }

  @Test
  void no_page_is_read_unless_somebody_asks_for_one() {
    BeanManager beans = Arc.container().beanManager();

    for (Object event : List.of(new StartupEvent(), new ShutdownEvent())) {
      assertThat(beans.resolveObserverMethods(event))
          .extracting(ObserverMethod::getBeanClass)
          .isNotEmpty()
          .doesNotContain(EngineProducer.class);
    }
  }

  @Test
  void a_listing_has_the_fields_of_the_contract() {
    Job job = job();

    visitor()
        .get("/api/v1/jobs?limit=1")
        .then()
        .statusCode(200)
        .contentType(ContentType.JSON)
        .header("X-Content-Type-Options", "nosniff")
        .header("Access-Control-Allow-Origin", nullValue())
        .body("", hasSize(1))
        .body("[0].id", equalTo((int) job.id().value()))
        .body("[0].state", equalTo("queued"))
        .body("[0].step", nullValue())
        .body("[0].pullRequest", nullValue())
        .body("[0].requester", equalTo("ada"))
        .body("[0].createdAt", equalTo("2026-11-22T10:00:00Z"))
        .body("[0].title", equalTo("Mend it"))
        .body("[0].size()", equalTo(15));
  }

  @Test
  void a_listing_is_filtered_and_goes_on_after_its_last_job() {
    Job older = job();
    Job newer = job();
    post("/api/v1/jobs/" + older.id() + "/stop").then().statusCode(200);
    String repository = older.subject().repository().toString();

    ids("state=stopped&repository=" + repository).isEqualTo(List.of(number(older)));
    ids("state=queued,running&repository=" + repository).isEqualTo(List.of());
    ids("requester=ADA&limit=1&state=queued&state=stopped").isEqualTo(List.of(number(newer)));
    ids("limit=1&before=" + newer.id()).isEqualTo(List.of(number(older)));
    ids("text=" + newer.subject().repository().name()).isEqualTo(List.of(number(newer)));
    visitor()
        .get("/api/v1/jobs?state=lost")
        .then()
        .statusCode(400)
        .body("error", containsString("There is no state 'lost'"));
    visitor().get("/api/v1/jobs?before=0").then().statusCode(400);
    visitor().get("/api/v1/jobs?repository=x").then().statusCode(400);
    visitor().get("/api/v1/jobs?limit=1001").then().statusCode(400);
  }

  private ObjectAssert<Object> ids(String query) {
    return assertThat(
        visitor().get("/api/v1/jobs?" + query).then().statusCode(200).extract().<Object>path("id"));
  }

  private static int number(Job job) {
    return (int) job.id().value();
  }

  @Test
  void who_was_cut_off_is_told_all_that_happened_since() throws Exception {
    Job job = job();
    long seen = store.lastEvent();
    store.tell(List.of(Event.of(job.id(), NOW, "step", "It goes on\nand on")));
    post("/api/v1/jobs/" + job.id() + "/stop").then().statusCode(200);

    List<String> told = told(seen, "\"kind\":\"stopped\"");

    assertThat(told)
        .startsWith("retry: 2000", "id: " + seen, "event: begin", "data: {}", "")
        .contains("event: event", "id: " + (seen + 1), "id: " + store.lastEvent());
    assertThat(told)
        .filteredOn(line -> line.startsWith("data: {\""))
        .first()
        .asString()
        .contains("It goes on\\nand on", "\"id\":" + job.id(), "\"state\":\"stopped\"");
    given().get("/api/v1/events").then().statusCode(401);
    visitor().get("/api/v1/events?after=x").then().statusCode(400);
    visitor().get("/api/v1/events?job=x").then().statusCode(400);
  }

  @Test
  void a_diff_is_text_and_empty_where_there_is_nothing_to_compare() {
    Job job = job();

    visitor()
        .get("/api/v1/jobs/" + job.id() + "/diff")
        .then()
        .statusCode(200)
        .contentType("text/plain;charset=UTF-8")
        .body(equalTo(""));
    visitor()
        .get("/api/v1/jobs/999999/diff")
        .then()
        .statusCode(404)
        .contentType(ContentType.JSON)
        .body("error", containsString("999999"));
  }

  @Test
  void a_job_has_its_story() {
    Job job = job();

    visitor()
        .get("/api/v1/jobs/" + job.id())
        .then()
        .statusCode(200)
        .body("id", equalTo((int) job.id().value()))
        .body("events", not(hasSize(0)))
        .body("diff", nullValue())
        .body("checks", hasSize(0))
        .body("effects", not(nullValue()));
  }

  @Test
  void no_secret_is_in_what_a_job_tells() throws Exception {
    String token = "ghp_abcdefghijklmnopqrstuvwxyz0123456789";
    IssueUrl url = IssueUrl.parse(page("engine-" + UUID.randomUUID(), 1));
    Job job = store.accept(mention(url, "Use " + token, "do it"), NOW);
    long seen = store.lastEvent();
    store.tell(List.of(Event.of(job.id(), NOW, "step", "It found " + token)));
    post("/api/v1/jobs/" + job.id() + "/stop").then().body("title", equalTo("Use ***"));

    String shown = visitor().get("/api/v1/jobs/" + job.id()).asString();

    assertThat(shown).contains("Use ***", "It found ***").doesNotContain(token);
    assertThat(visitor().get("/api/v1/jobs?limit=1").asString()).doesNotContain(token);
    assertThat(String.join("\n", told(seen, "\"kind\":\"stopped\"")))
        .contains("It found ***")
        .doesNotContain(token);
  }

  @Test
  void a_stopped_job_stays_stopped_and_says_so() {
    Job job = job();

    post("/api/v1/jobs/" + job.id() + "/stop")
        .then()
        .statusCode(200)
        .body("state", equalTo("stopped"));

    visitor()
        .get("/api/v1/jobs/" + job.id())
        .then()
        .body("events.text", hasItem("Stopped by knight stop."));
    post("/api/v1/jobs/" + job.id() + "/stop")
        .then()
        .statusCode(412)
        .body("error", equalTo("Job %s is stopped: it cannot stop".formatted(job.id())));
  }

  @Test
  void a_backup_lies_in_the_home_until_it_is_fetched() throws IOException {
    String file = post("/api/v1/backups").then().statusCode(200).extract().path("file");

    assertThat(Path.of(file)).hasParent(home.backups()).isNotEmptyFile();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(file))))
        .isEqualTo("rw-------");
  }

  @Test
  void a_finished_job_is_asked_for_anew() {
    Job job = job();

    post("/api/v1/jobs/" + job.id() + "/stop").then().statusCode(200);

    int again =
        post("/api/v1/jobs/" + job.id() + "/retry")
            .then()
            .statusCode(200)
            .body("state", equalTo("queued"))
            .body("requester", equalTo("ada"))
            .extract()
            .path("id");

    Mention repeated = store.mentions(new JobId(again)).getFirst().mention();
    assertThat(repeated.text()).isEqualTo("do it");
    assertThat(repeated.nodeId()).startsWith("hand:");
  }

  @Test
  void a_waiting_job_is_due_at_once() {
    Job job = job();

    Job running = store.claim(job.id(), "w", NOW.plusSeconds(60), NOW).orElseThrow();
    Instant later = Instant.parse("2099-01-01T00:00:00Z");
    store.replace(running, running.retryAt(later, AWAY, NOW), List.of());

    post("/api/v1/jobs/" + job.id() + "/retry")
        .then()
        .statusCode(200)
        .body("state", equalTo("retrying"));

    Job due = store.find(job.id()).orElseThrow();
    assertThat(due.state())
        .isInstanceOfSatisfying(
            Retrying.class, waiting -> assertThat(waiting.dueAt()).isBefore(later));
  }

  @Test
  void a_job_that_waits_for_a_person_goes_on_without_an_answer() {
    Job job = job();
    Job running = store.claim(job.id(), "w", NOW.plusSeconds(60), NOW).orElseThrow();
    store.replace(running, running.ask("Which one?", NOW), List.of());

    post("/api/v1/jobs/" + job.id() + "/retry")
        .then()
        .statusCode(200)
        .body("state", equalTo("queued"));
  }

  @Test
  void a_held_job_goes_on_with_exactly_what_it_holds() {
    Job job = job();
    Job running = store.claim(job.id(), "w", NOW.plusSeconds(60), NOW).orElseThrow();
    store.replace(running, running.hold(new Hold("abc", "+x"), "Look at it", NOW), List.of());

    post("/api/v1/jobs/" + job.id() + "/release")
        .then()
        .statusCode(200)
        .body("state", equalTo("queued"));

    assertThat(store.find(job.id()).orElseThrow().mayPublish("abc")).isTrue();
    post("/api/v1/jobs/" + job.id() + "/release")
        .then()
        .statusCode(412)
        .body("error", containsString("holds nothing back"));
  }

  @Test
  void what_is_added_by_hand_joins_the_job_and_a_finished_one_hears_nothing() {
    Job job = job();

    visitor()
        .contentType(ContentType.JSON)
        .body("{\"text\": \" use tabs \", \"by\": \"ada\"}")
        .post("/api/v1/jobs/" + job.id() + "/steer")
        .then()
        .statusCode(200)
        .body("id", equalTo((int) job.id().value()));

    Mention added = store.mentions(job.id()).getLast().mention();
    assertThat(added.text()).isEqualTo("use tabs");
    assertThat(added.source()).isEqualTo(Mention.Source.COMMAND);
    assertThat(added.author().login()).isEqualTo("ada (at the terminal)");
    visitor()
        .contentType(ContentType.JSON)
        .body("{}")
        .post("/api/v1/jobs/" + job.id() + "/steer")
        .then()
        .statusCode(400);

    store.replace(job, job.stop("enough", NOW), List.of());
    visitor()
        .contentType(ContentType.JSON)
        .body("{\"text\": \"hello?\"}")
        .post("/api/v1/jobs/" + job.id() + "/steer")
        .then()
        .statusCode(412)
        .body("error", containsString("nobody hears it"));
  }

  @Test
  void who_looks_on_is_told_what_happens_until_the_job_is_over() {
    Job job = job();
    store.replace(job, job.stop("enough", NOW), List.of());

    String told =
        visitor()
            .get("/api/v1/jobs/" + job.id() + "/live")
            .then()
            .statusCode(200)
            .contentType("application/x-ndjson")
            .extract()
            .asString();

    assertThat(told.lines().toList())
        .first()
        .asString()
        .contains("\"kind\":\"event\"", "\"name\":\"accepted\"");
    assertThat(told.lines().toList().getLast())
        .contains("\"kind\":\"end\"", "\"name\":\"stopped\"", "\"failed\":true");
    given().get("/api/v1/jobs/" + job.id() + "/live").then().statusCode(401);
    visitor().get("/api/v1/jobs/" + job.id() + "/live?after=x").then().statusCode(400);
    visitor().get("/api/v1/jobs/nine/live").then().statusCode(400);
    visitor()
        .get("/api/v1/jobs/999999/live")
        .then()
        .statusCode(404)
        .body("error", containsString("There is no job 999999"));
  }

  @Test
  void a_plan_is_agreed_to_at_the_terminal_as_well() {
    Job job = job();
    Job running = store.claim(job.id(), "w", NOW.plusSeconds(60), NOW).orElseThrow();
    store.replace(running, running.propose("First the pump.", NOW), List.of());

    visitor().get("/api/v1/jobs/" + job.id()).then().body("needs", equalTo("approval"));
    post("/api/v1/jobs/" + job.id() + "/release")
        .then()
        .statusCode(200)
        .body("state", equalTo("queued"));
  }

  @Test
  void a_job_that_asks_something_holds_nothing_to_release() {
    Job job = job();
    Job running = store.claim(job.id(), "w", NOW.plusSeconds(60), NOW).orElseThrow();
    store.replace(running, running.ask("Which one?", NOW), List.of());

    post("/api/v1/jobs/" + job.id() + "/release").then().statusCode(412);
  }

  @Test
  void a_queued_job_has_nothing_to_retry() {
    Job job = job();

    post("/api/v1/jobs/" + job.id() + "/retry").then().statusCode(412);
  }

  @Test
  void a_request_by_hand_makes_a_job() {
    enqueue(page("engine", 77)).then().statusCode(200).body("number", equalTo(77));
  }

  @Test
  void a_request_with_a_key_happens_once() {
    String url = page("engine-" + UUID.randomUUID(), 3);
    Map<String, String> body = Map.of("url", url, "text", "do it", "key", "k-" + UUID.randomUUID());
    int job = enqueue(body).then().statusCode(200).extract().path("id");
    post("/api/v1/jobs/" + job + "/stop").then().statusCode(200);

    enqueue(body).then().statusCode(200).body("id", equalTo(job)).body("state", equalTo("stopped"));
    visitor()
        .header("Idempotency-Key", body.get("key"))
        .contentType(ContentType.JSON)
        .body(Map.of("url", url.replace("issues", "pull"), "text", "do it "))
        .post("/api/v1/jobs")
        .then()
        .statusCode(200)
        .body("id", equalTo(job));
    enqueue(Map.of("url", url, "text", "something else", "key", body.get("key")))
        .then()
        .statusCode(422)
        .body("error", containsString("was used for another request"));
    enqueue(Map.of("url", url, "key", "two words")).then().statusCode(400);
    visitor()
        .header("Idempotency-Key", "other")
        .contentType(ContentType.JSON)
        .body(body)
        .post("/api/v1/jobs")
        .then()
        .statusCode(400);
  }

  @Test
  void errors_are_one_sentence_and_a_status_that_says_who_must_act() {
    enqueue("nonsense").then().statusCode(400);
    enqueue(page("refused", 1)).then().statusCode(422);
    enqueue(page("misconfigured", 1)).then().statusCode(409);
    enqueue(page("unavailable", 1)).then().statusCode(503);
    enqueue(page("bug", 1))
        .then()
        .statusCode(500)
        .body("error", equalTo("Something went wrong inside knight; its log says what"));
    visitor()
        .get("/api/v1/jobs/999999")
        .then()
        .statusCode(404)
        .body("error", equalTo("There is no job 999999; knight jobs lists them"));
    visitor().get("/api/v1/jobs/0").then().statusCode(404);
    visitor().get("/api/v1/jobs?limit=0").then().statusCode(400).body("error", not(nullValue()));
    visitor().get("/elsewhere").then().statusCode(404).body("error", not(nullValue()));
    visitor()
        .get("/api/v1/jobs?limit=abc")
        .then()
        .statusCode(404)
        .body("error", containsString("a number in it is none"));
    post("/api/v1/jobs").then().statusCode(400).body("error", not(nullValue()));
    visitor()
        .contentType(ContentType.JSON)
        .body("{\"url\": [")
        .post("/api/v1/jobs")
        .then()
        .statusCode(400);
  }

  @Test
  void what_the_api_says_of_itself_is_written_down() throws IOException {
    given().get("/api/v1/openapi.json").then().statusCode(401);
    String said = bare().get("/api/v1/openapi.yaml").then().statusCode(200).extract().asString();

    if (!System.getenv().getOrDefault("RENEW", "").isEmpty()) {
      Files.writeString(DESCRIPTION, said);
    }
    assertThat(DESCRIPTION)
        .as("renew it: RENEW=1 scripts/test -Dtest=ApiTest")
        .content()
        .isEqualTo(said);
  }

  @Test
  void everything_that_is_described_answers_as_described() {
    Job job = job();
    String at = "/api/v1/jobs/" + job.id();
    Map<String, Map<String, Object>> paths = bare().get("/api/v1/openapi.json").path("paths");

    assertThat(paths).hasSizeGreaterThan(15);
    paths.forEach((path, operations) ->
        operations
            .keySet()
            .forEach(method -> {
              String asked =
                  path.replace("/api/v1/jobs/{job}", at)
                      .replace("{id}", "999")
                      .replace("{owner}/{name}", "ada/engine");
              if (method.equals("post")) {
                post(asked);
              } else if (!path.equals("/api/v1/events")) {
                visitor().get(asked);
              }
            }));
    visitor().get("/api/v1/events?after=x").then().statusCode(400);
    assertThat(store.find(job.id()).orElseThrow().state().word()).isEqualTo("stopped");
  }

  @Test
  void only_those_who_show_the_token_come_in() {
    given().get("/api/v1/jobs").then().statusCode(401).body("error", not(nullValue()));
    given().header("Authorization", "Bearer x").get("/api/v1/jobs").then().statusCode(401);
    given().get("/elsewhere").then().statusCode(401);
    given().get("/model/../api/v1/jobs").then().statusCode(401);
    given().urlEncodingEnabled(false).get("/model/%2e%2e/api/v1/jobs").then().statusCode(401);
    given().urlEncodingEnabled(false).get("/model/..%2fapi/jobs").then().statusCode(not(200));
  }

  @Test
  void a_browser_comes_in_by_a_link_and_its_forms_do_what_they_say() {
    Job job = job();
    String link = post("/api/v1/logins").then().statusCode(200).extract().path("path");
    Response let = given().get(link);
    String cookie =
        let.then().statusCode(200).header("Refresh", "0; url=/").extract().header("Set-Cookie");
    assertThat(cookie).contains("HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=2592000");
    String shown = cookie.split(";", 2)[0];

    given()
        .header("Cookie", shown)
        .contentType(ContentType.URLENC)
        .post("/jobs/" + job.id() + "/stop")
        .then()
        .statusCode(403);
    String after =
        form(shown, "/jobs/" + job.id() + "/stop")
            .then()
            .statusCode(303)
            .extract()
            .header("Location");
    assertThat(after).startsWith("/jobs/" + job.id() + "?notice=");
    assertThat(store.find(job.id()).orElseThrow().isFinished()).isTrue();
    form(shown, "/jobs/999999/stop")
        .then()
        .statusCode(404)
        .contentType(ContentType.HTML)
        .body(containsString("There is no job 999999"));
    given()
        .header("Cookie", shown)
        .get("/settings")
        .then()
        .statusCode(200)
        .header("Content-Security-Policy", containsString("script-src 'self'"))
        .header("Cache-Control", "no-store")
        .body(containsString("knight.workers"));
    form(shown, "/logout").then().statusCode(200);
    given().header("Cookie", shown).get("/settings").then().statusCode(401);
    given()
        .accept(ContentType.HTML)
        .get("/settings")
        .then()
        .statusCode(401)
        .contentType(ContentType.HTML)
        .body(containsString("knight open"));
  }

  @Test
  void a_page_that_was_cut_off_is_not_told_again_what_it_shows() throws Exception {
    Job job = job();
    post("/api/v1/jobs/" + job.id() + "/stop").then().statusCode(200);
    List<Event> story = store.events(job.id(), 0);
    String seen = "." + story.getFirst().sequence();
    String last = "say-job-" + story.getLast().sequence();

    List<String> told = told("/live/jobs/" + job.id() + "?after=", seen, last);

    assertThat(story).hasSize(2);
    assertThat(told).containsOnlyOnce("event: more");
  }

  @Test
  void a_job_of_many_conversations_can_be_looked_on_at() throws Exception {
    Job job = job();
    post("/api/v1/jobs/" + job.id() + "/stop").then().statusCode(200);
    List<Event> story = store.events(job.id(), 0);
    LivePosition position = LivePosition.NONE.at("", story.getFirst().sequence());
    for (int review = 0; review < 250; review++) {
      position = position.at("%s-review-%d".formatted(job.id(), review), 1_000_000);
    }
    String last = "say-job-" + story.getLast().sequence();

    List<String> told =
        told("/live/jobs/%s?after=%s".formatted(job.id(), position), position.toString(), last);

    assertThat(position.toString()).hasSizeGreaterThan(5_000);
    assertThat(told).containsOnlyOnce("event: more");
  }

  @Test
  void other_web_pages_and_other_names_stay_outside() {
    visitor().header("Host", "evil.example").get("/api/v1/jobs").then().statusCode(403);
    visitor().header("Origin", "http://evil.example").get("/api/v1/jobs").then().statusCode(403);
    visitor().header("Sec-Fetch-Site", "cross-site").get("/api/v1/jobs").then().statusCode(403);
    visitor().contentType(ContentType.TEXT).body("{}").post("/api/v1/jobs").then().statusCode(415);
  }

  /** What is told after event {@code seen}, up to the line with {@code last}. */
  private List<String> told(long seen, String last) throws Exception {
    return told("/api/v1/events", Long.toString(seen), last);
  }

  private List<String> told(String path, String seen, String last) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://localhost:%d%s".formatted(RestAssured.port, path)))
            .header("Authorization", ApiToken.read(home.apiToken()).authorization())
            .header("Last-Event-ID", seen)
            .build();
    List<String> lines = new ArrayList<>();
    try (HttpClient client = HttpClient.newHttpClient();
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(
                    client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body(),
                    StandardCharsets.UTF_8))) {
      String line = reader.readLine();
      while (line != null && !line.contains(last)) {
        lines.add(line);
        line = reader.readLine();
      }
      lines.add(String.valueOf(line));
      client.shutdownNow();
    }
    return lines;
  }

  /** As a page of the service sends it. */
  private static Response form(String cookie, String path) {
    return given()
        .redirects()
        .follow(false)
        .accept(ContentType.HTML)
        .header("Cookie", cookie)
        .header("Sec-Fetch-Site", "same-origin")
        .contentType(ContentType.URLENC)
        .post(path);
  }

  private RequestSpecification visitor() {
    return bare().filter(judge());
  }

  private synchronized ApiJudge judge() {
    ApiJudge there = judge;
    if (there == null) {
      there = new ApiJudge(bare().get("/api/v1/openapi.json").asString());
      judge = there;
    }
    return there;
  }

  private RequestSpecification bare() {
    return given().header("Authorization", ApiToken.read(home.apiToken()).authorization());
  }

  private Response post(String path) {
    return visitor().contentType(ContentType.JSON).post(path);
  }

  private Response enqueue(String url) {
    return enqueue(Map.of("url", url));
  }

  private Response enqueue(Map<String, String> body) {
    return visitor().contentType(ContentType.JSON).body(body).post("/api/v1/jobs");
  }

  private static String page(String repository, int number) {
    return "https://github.com/ada/%s/issues/%d".formatted(repository, number);
  }

  private static Mention mention(IssueUrl url, String text) {
    return mention(url, "Mend it", text);
  }

  private static Mention mention(IssueUrl url, String title, String text) {
    return new Mention(
        "hand:" + UUID.randomUUID(),
        url.subject(),
        Mention.Source.COMMAND,
        url.subject().number(),
        ADA,
        title,
        text,
        URI.create("https://github.com/ada/engine/issues/1"),
        NOW);
  }
}
