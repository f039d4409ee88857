package dev.knight.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.options.ColorScheme;
import dev.knight.fake.FakeCollector;
import dev.knight.job.Subject;
import dev.knight.packaged.Browsing.Size;
import dev.knight.packaged.Program.Service;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of one job: figures, health, the log and traces. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MetricsIT {
  private static final Pattern METRIC = Pattern.compile("knight_[a-z_]+");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path home;

  @Test
  void one_job_is_measured_from_its_mention_to_its_merge() throws Exception {
    Path token = home.resolve("metrics-token");
    try (Town town = new Town(home, Town::notes);
        FakeCollector collector = new FakeCollector()) {
      Program knight =
          town.knight()
              .with("KNIGHT_HTTP_METRICS_TOKEN_FILE", token.toString())
              .with("KNIGHT_LOG_FORMAT", "json")
              .with("KNIGHT_TRACES_ENDPOINT", collector.url().toString())
              .with("KNIGHT_MODEL_PRICE_INPUT", "3 USD")
              .with("KNIGHT_MODEL_PRICE_OUTPUT", "15 USD")
              .with("KNIGHT_LIMITS_COST_PER_DAY", "50 USD");
      try (Service service = knight.serve()) {
        assertThat(get(knight, "/q/health/ready", "")).contains("\"UP\"", "poller", "store");
        assertThat(get(knight, "/q/health/live", "")).contains("\"UP\"");
        assertThat(status(knight, "/q/metrics", "")).isEqualTo(401);
        Subject issue = town.ask(1);
        town.finalWord(issue);
        Subject pull = new Subject(Town.REPOSITORY, town.pulls().getFirst().number());
        town.world().merge(pull, "ada");
        town.await("the merge in the figures", () -> stats(knight).at("/total/merged").asInt() > 0);
        town.await("the trace of the attempt", () -> collector.said().contains("attempt"));

        metered(get(knight, "/q/metrics", Files.readString(token).strip()));
        told(knight);
        logged(knight, service);
        traced(collector.said());
        shown(knight);
      }
    }
  }

  private static void metered(String metrics) throws IOException {
    assertThat(metrics)
        .contains("knight_jobs{state=\"done\"} 1.0")
        .contains("knight_attempts_total{outcome=\"done\"} 1.0")
        .contains("knight_step_seconds_count{step=\"verify\"} 1.0")
        .contains("knight_pull_request_wait_seconds_count 1.0")
        .contains("knight_github_requests_total{kind=\"write\",outcome=\"ok\"}")
        .contains("knight_model_requests_total{model=\"rehearsal-1\",outcome=\"answered\"}")
        .contains("knight_poll_age_seconds{repository=\"ada/notes\"}")
        .contains("jvm_memory_used_bytes")
        .doesNotContain("/api/v1")
        .doesNotContain("ada/notes#1");
    assertThat(value(metrics, "knight_model_cost_usd_total{model=\"rehearsal-1\"}")).isPositive();
    assertThat(value(metrics, "knight_github_quota_remaining_requests")).isPositive();
    assertThat(value(metrics, "knight_store_size_bytes")).isPositive();
    for (String file : List.of("grafana-dashboard.json", "prometheus-alerts.yml")) {
      String config = Files.readString(Path.of("config", file));
      assertThat(names(config)).as(file).isNotEmpty().isSubsetOf(names(metrics));
    }
  }

  private static double value(String metrics, String name) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElse(-1);
  }

  private static Set<String> names(String text) {
    Matcher names = METRIC.matcher(text);
    return names.results().map(found -> found.group()).collect(Collectors.toSet());
  }

  /** The figures are the same for a person at the terminal. */
  private static void told(Program knight) {
    Program.Ended stats = knight.run("stats", "--by", "model", "--days", "7");

    assertThat(stats.exitCode()).isZero();
    assertThat(stats.out()).startsWith("rehearsal-1\t1\t1\t1\t0.0").endsWith("\t1.00\n");
    JsonNode all = stats(knight);
    assertThat(all.at("/mergeRate").asDouble()).isEqualTo(1);
    assertThat(all.at("/medianWaitSeconds").asLong()).isPositive();
    assertThat(all.at("/todayUsd").decimalValue()).isPositive();
    assertThat(all.at("/perDayUsd").asInt()).isEqualTo(50);
    assertThat(all.at("/byDay")).hasSize(30);
    assertThat(all.at("/byRepository/0/name").asText()).isEqualTo("ada/notes");
    assertThat(all.at("/byOutcome/0/name").asText()).isEqualTo("done");
  }

  /** Every line is an object, those of the job say so, and no secret is in any. */
  private static void logged(Program knight, Service service) throws IOException {
    String log = Files.readString(knight.home().resolve("log").resolve("knight.log"));
    List<JsonNode> lines = log.lines().map(MetricsIT::json).toList();

    assertThat(lines)
        .anySatisfy(line -> {
          assertThat(line.at("/message").asText()).isEqualTo("Is done");
          assertThat(line.at("/level").asText()).isEqualTo("INFO");
          assertThat(line.at("/mdc/job").asText()).isEqualTo("1");
          assertThat(line.at("/mdc/attempt").asText()).isEqualTo("1");
          assertThat(line.at("/mdc/step").asText()).isEqualTo("publish");
        });
    assertThat(log + service.said()).doesNotContain(Town.TOKEN).doesNotContain(Town.MODEL_KEY);
  }

  /** The spans' names and attributes, roughly: protobuf keeps strings as they are. */
  private static void traced(String spans) {
    assertThat(spans)
        .contains("knight.outcome", "done", "knight.repository", "ada/notes")
        .contains("prepare", "implement", "review", "verify", "publish")
        .doesNotContain("please write")
        .doesNotContain(Town.TOKEN)
        .doesNotContain(Town.MODEL_KEY);
  }

  /** The same in a browser, on a desk by day and on a phone by night. */
  private static void shown(Program knight) throws IOException {
    try (Browsing browsing = Browsing.start()) {
      look(browsing, knight, Size.DESK, ColorScheme.LIGHT);
      look(browsing, knight, Size.PHONE, ColorScheme.DARK);
    }
  }

  private static void look(Browsing browsing, Program knight, Size size, ColorScheme theme)
      throws IOException {
    try (Browsing.Window window = browsing.open(size, theme)) {
      window.login(knight);
      window.visit("/costs?days=7");
      assertThat(window.page().locator(".tiles").textContent())
          .contains("Spent today", "of $50.00", "1 of 1 pull requests", "100%");
      assertThat(window.page().locator("#models").textContent()).contains("rehearsal-1");
      assertThat(window.page().locator("#repositories").textContent()).contains("ada/notes");
      assertThat(window.page().locator(".body .plot rect").count()).isOne();
      window.page().locator("#days-table summary").click();
      assertThat(window.page().locator("#days-table tbody th").count()).isOne();
      window.assertFits();
      window.assertForEverybody();
      window.photograph("costs-" + size.name().toLowerCase(Locale.ROOT));
      assertThat(window.troubles()).isEmpty();
    }
  }

  private static JsonNode stats(Program knight) {
    return json(knight.run("stats", "--json").out());
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException notJson) {
      throw new AssertionError(text, notJson);
    }
  }

  private static String get(Program knight, String path, String token) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request(knight, path, token), BodyHandlers.ofString()).body();
    }
  }

  private static int status(Program knight, String path, String token) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request(knight, path, token), BodyHandlers.discarding()).statusCode();
    }
  }

  private static HttpRequest request(Program knight, String path, String token) throws IOException {
    JsonNode service = json(Files.readString(knight.home().resolve("run").resolve("service.json")));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(service.at("/url").asText()).resolve(path));
    Stream.of(token)
        .filter(it -> !it.isEmpty())
        .forEach(it -> request.header("Authorization", "Bearer " + it));
    return request.GET().build();
  }
}
