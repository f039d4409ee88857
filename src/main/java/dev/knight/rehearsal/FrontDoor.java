package dev.knight.rehearsal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Takes each request of the stand-in: lets faults strike, finds who answers, writes the log. */
final class FrontDoor implements LoopbackServer.Site {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);
  private static final Duration LONGEST_HOLD = Duration.ofMinutes(1);
  private static final String JSON = "application/json; charset=utf-8";

  private final Register register;
  private final Faults faults;
  private final Traffic traffic;
  private final RestSite rest;
  private final GitSite git;
  private final ControlSite control;
  private final LogSite logs;

  FrontDoor(World world, Faults faults, Traffic traffic, RestSite rest) {
    this.register = world.register();
    this.faults = faults;
    this.traffic = traffic;
    this.rest = rest;
    this.git = new GitSite(world);
    this.control = new ControlSite(world, traffic, faults);
    this.logs = new LogSite(world);
  }

  @Override
  public void answer(WireRequest request, WireReply reply) throws IOException {
    if (ControlSite.isControl(request.path())) {
      control.answer(request, reply);
      return;
    }
    boolean graph = request.path().equals(Urls.GRAPH_PATH);
    boolean rest = request.path().startsWith(Urls.API_PATH + "/");
    boolean api = graph || rest;
    String path = rest ? request.path().substring(Urls.API_PATH.length()) : request.path();
    path = graph ? "/graphql" : path;
    Visit visit = new Visit(request, path, api, reply);
    if (faults.latency().isPositive()) {
      await(new CountDownLatch(1), faults.latency());
    }
    Optional<Fault.Kind> fault = faults.strike(request.method(), path, api);
    if (fault.isPresent()) {
      strike(visit, fault.get());
    } else {
      act(visit);
    }
  }

  /**
   * One request on its way.
   *
   * @param path below the REST interface's start, or whole for git
   */
  private record Visit(WireRequest request, String path, boolean api, WireReply reply) {}

  private void strike(Visit visit, Fault.Kind fault) throws IOException {
    switch (fault) {
      case Fault.Kind.DropBefore(Runnable deed) -> {
        deed.run();
        drop(visit);
      }
      case Fault.Kind.DropAfter(Runnable deed) -> loseAnswer(visit, deed);
      case Fault.Kind.Cut(int bytes) -> cut(visit, bytes);
      case Fault.Kind.Delay(Duration duration) -> {
        await(new CountDownLatch(1), duration);
        act(visit);
      }
      case Fault.Kind.Hold(CountDownLatch gate) -> {
        await(gate, LONGEST_HOLD);
        act(visit);
      }
      case Fault.Kind.Instead(int status, Map<String, String> headers, String body) ->
          instead(visit, status, headers, body);
      case Fault.Kind.PrimaryLimit(Instant reset) -> {
        RateLimits.Window window = RateLimits.exhausted(reset);
        Map<String, String> headers = new TreeMap<>(window.headers());
        headers.put("content-type", JSON);
        instead(visit, 403, headers, RateLimits.refusal().answer().text());
      }
    }
  }

  private void act(Visit visit) throws IOException {
    if (visit.api()) {
      Answer answer = rest(visit);
      visit.reply().send(answer.status(), answer.headers(), answer.bytes());
    } else if (LogSite.isLog(visit.path())) {
      log(visit, logs.answer(visit.request(), visit.reply()));
    } else {
      int status = git.answer(visit.request(), visit.reply());
      log(visit, status);
    }
  }

  private Answer rest(Visit visit) {
    Answer bare = rest.answer(visit.request(), visit.path());
    Map<String, String> headers = headers();
    headers.put("cache-control", "private, max-age=60, s-maxage=60");
    headers.put("vary", "Accept, Authorization, Cookie, X-GitHub-OTP, Accept-Encoding");
    if (!bare.body().isMissingNode()) {
      headers.put("content-type", JSON);
    }
    headers.putAll(bare.headers());
    Answer answer = new Answer(bare.status(), bare.body(), headers);
    log(visit, answer.status());
    tell(visit, answer.status(), headers, answer.text(), false);
    return answer;
  }

  private void drop(Visit visit) throws IOException {
    log(visit, 0);
    visit.reply().drop();
  }

  /** The request takes effect; nobody hears of it. */
  private void loseAnswer(Visit visit, Runnable deed) throws IOException {
    if (visit.api()) {
      rest(visit);
    } else {
      git.answer(visit.request(), WireReply.into(new ByteArrayOutputStream()));
      log(visit, 0);
    }
    deed.run();
    visit.reply().drop();
  }

  private void cut(Visit visit, int bytes) throws IOException {
    Answer answer = rest(visit);
    visit.reply().cut(answer.status(), answer.headers(), answer.bytes(), bytes);
  }

  private void instead(Visit visit, int status, Map<String, String> own, String body)
      throws IOException {
    Map<String, String> headers = headers();
    headers.putAll(own);
    log(visit, status);
    tell(visit, status, headers, body, true);
    visit.reply().send(status, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  private void log(Visit visit, int status) {
    WireRequest request = visit.request();
    String login = visit.api() ? rest.login(request) : git.login(request);
    traffic.log(
        new SeenRequest(
            register.now(), request.method(), visit.path(), request.query(), login, status));
  }

  private void tell(
      Visit visit, int status, Map<String, String> headers, String body, boolean injected) {
    if (!visit.api()) {
      return;
    }
    WireRequest request = visit.request();
    traffic.tell(
        new Exchange(
            register.now(),
            request.method(),
            visit.path(),
            request.query(),
            request.headers(),
            request.text(),
            status,
            Map.copyOf(headers),
            body,
            injected));
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new TreeMap<>();
    headers.put("date", DATE.format(register.now()));
    headers.put("server", "github.com");
    headers.put("x-github-media-type", "github.v3; format=json");
    headers.put("x-github-request-id", UUID.randomUUID().toString());
    return headers;
  }

  private static void await(CountDownLatch gate, Duration longest) {
    try {
      gate.await(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
