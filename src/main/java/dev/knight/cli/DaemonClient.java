package dev.knight.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.knight.api.ApiToken;
import dev.knight.api.BackupView;
import dev.knight.api.EnqueueRequest;
import dev.knight.api.JobDetails;
import dev.knight.api.JobView;
import dev.knight.api.KnightApi;
import dev.knight.api.LivePosition;
import dev.knight.api.LoginView;
import dev.knight.api.MemoryApi;
import dev.knight.api.NoSuchJobException;
import dev.knight.api.Notices;
import dev.knight.api.Problem;
import dev.knight.api.ServiceAddress;
import dev.knight.api.StatsView;
import dev.knight.api.SteerRequest;
import dev.knight.api.TriedNotice;
import dev.knight.api.WrongStateException;
import dev.knight.home.KnightHome;
import dev.knight.job.JobQuery;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.RefusedException;
import dev.knight.job.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The running service, over HTTP on this machine. */
public final class DaemonClient implements KnightApi {
  /** The store answers in milliseconds, but enqueueing asks GitHub first. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A large store is copied, and a large repository fetched, for a while. */
  static final Duration LONG = Duration.ofMinutes(10);

  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** A service that was restarted in the middle of a request is there again after a while. */
  private static final int TRIES = 10;

  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(2);

  private final URI service;
  private final ApiToken token;
  private final Json json = new Json();
  private final PlainHttp http = new PlainHttp(CONNECT);

  /** The service at {@code service}. */
  public DaemonClient(URI service, ApiToken token) {
    this.service = service;
    this.token = token;
  }

  /** The service that has written its address into {@code home}, or empty if none has yet. */
  public static Optional<DaemonClient> of(KnightHome home) {
    if (!Files.exists(home.service())) {
      return Optional.empty();
    }
    try {
      String text = Files.readString(home.service());
      ServiceAddress address = new Json().read(text, ServiceAddress.class);
      return Optional.of(new DaemonClient(address.url(), ApiToken.read(home.apiToken())));
    } catch (IOException unreadable) {
      throw new MisconfiguredException(
          "%s cannot be read: run this as the service's user".formatted(home.service()),
          unreadable);
    }
  }

  /** Where it listens. */
  public URI address() {
    return service;
  }

  @Override
  public List<JobView> jobs(JobQuery query) {
    StringBuilder path = new StringBuilder(PATH).append("?limit=").append(query.limit());
    query.states().forEach(state -> add(path, "state", state));
    query.repository().ifPresent(repository -> add(path, "repository", repository.toString()));
    query.requester().ifPresent(login -> add(path, "requester", login));
    query.before().ifPresent(last -> add(path, "before", last.toString()));
    add(path, "text", query.text());
    return json.readList(get(path.toString()), JobView.class);
  }

  private static void add(StringBuilder path, String name, String value) {
    if (!value.isEmpty()) {
      path.append('&').append(name).append('=').append(URLEncoder.encode(value, UTF_8));
    }
  }

  @Override
  public JobDetails show(long job) {
    return json.read(get(PATH + "/" + job), JobDetails.class);
  }

  @Override
  public String diff(long job) {
    return get(PATH + "/" + job + "/diff");
  }

  @Override
  public JobView enqueue(@Nullable EnqueueRequest request) {
    return request == null
        ? post(PATH, "")
        : surely(json.text(request.under(UUID.randomUUID().toString())));
  }

  /** Asks again when the answer was lost: its key makes the request happen once. */
  private JobView surely(String request) {
    for (int left = TRIES - 1; ; left--) {
      try {
        return post(PATH, request);
      } catch (UnavailableException lost) {
        boolean sent =
            lost.getCause() instanceof IOException cut && !(cut instanceof ConnectException);
        if (left == 0 || !(sent || left < TRIES - 1)) {
          throw lost;
        }
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_TRIES);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("Interrupted", ended);
    }
  }

  @Override
  public JobView steer(long job, @Nullable SteerRequest request) {
    return post(PATH + "/" + job + "/steer", request == null ? "" : json.text(request));
  }

  /**
   * Looks on at {@code job}, after {@code position}.
   *
   * @throws UnavailableException when the service does not answer
   */
  LiveReading live(long job, LivePosition position) {
    return new LiveReading(opened(PATH + "/" + job + "/live?after=" + position));
  }

  /** An answer that goes on for long. */
  private InputStream opened(String path) {
    HttpResponse<InputStream> answer = streamed(path);
    if (answer.statusCode() / 100 == 2) {
      return answer.body();
    }
    try (InputStream body = answer.body()) {
      String text = new String(body.readAllBytes(), UTF_8);
      throw problem(answer.statusCode(), sentence(answer.statusCode(), text));
    } catch (IOException broken) {
      throw silent(broken);
    }
  }

  /**
   * Listens to what happens in all jobs, from now on.
   *
   * @throws UnavailableException when the service does not answer
   */
  Happenings happenings() {
    return new Happenings(opened(EVENTS));
  }

  @Override
  public JobView stop(long job) {
    return post(PATH + "/" + job + "/stop", "");
  }

  @Override
  public JobView retry(long job) {
    return post(PATH + "/" + job + "/retry", "");
  }

  @Override
  public JobView release(long job) {
    return post(PATH + "/" + job + "/release", "");
  }

  @Override
  public StatsView stats(int days) {
    return json.read(get(STATS + "?days=" + days), StatsView.class);
  }

  @Override
  public MemoryApi memory() {
    return new MemoryClient(this);
  }

  @Override
  public Notices notices() {
    return () -> json.readList(sent(Notices.TEST, "", LONG), TriedNotice.class);
  }

  @Override
  public BackupView backup() {
    return json.read(sent(BACKUPS, "", LONG), BackupView.class);
  }

  /** A link that lets one browser in, once and soon. */
  URI login() {
    LoginView login = json.read(sent(LoginView.PATH, "", PATIENCE), LoginView.class);
    return login.publicUrl().orElse(service).resolve(login.path());
  }

  String get(String path) {
    return answered(path, Optional.empty(), PATIENCE);
  }

  private JobView post(String path, String body) {
    return json.read(sent(path, body, PATIENCE), JobView.class);
  }

  String sent(String path, String body, Duration patience) {
    return answered(path, Optional.of(body), patience);
  }

  private String answered(String path, Optional<String> body, Duration patience) {
    try {
      PlainHttp.Answer answer =
          http.ask(service.resolve(path), token.authorization(), body, patience);
      if (answer.status() / 100 == 2) {
        return answer.body();
      }
      throw problem(answer.status(), sentence(answer.status(), answer.body()));
    } catch (IOException broken) {
      throw silent(broken);
    }
  }

  /** By the client whose streams can be closed while somebody reads them. */
  private HttpResponse<InputStream> streamed(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(service.resolve(path))
            .timeout(PATIENCE)
            .header("Accept", "application/json, text/plain")
            .header("Authorization", token.authorization())
            .GET()
            .build();
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();
    try {
      return client.send(request, BodyHandlers.ofInputStream());
    } catch (IOException broken) {
      throw silent(broken);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("Interrupted", ended);
    }
  }

  private UnavailableException silent(IOException broken) {
    return new UnavailableException(
        "The service at %s does not answer: knight service logs may say why, knight serve starts it again"
            .formatted(service),
        broken);
  }

  private String sentence(int status, String answer) {
    try {
      return json.read(answer, Problem.class).error();
    } catch (UncheckedIOException notOurs) {
      return "The service answered with status " + status;
    }
  }

  /** The way back of what the service does to its exceptions. */
  private RuntimeException problem(int status, String sentence) {
    return switch (status) {
      case 400, 413, 415 -> new IllegalArgumentException(sentence);
      case 401, 403 ->
          new MisconfiguredException(
              "The service at %s did not let us in: %s; knight doctor looks why"
                  .formatted(service, sentence));
      case 404 -> new NoSuchJobException(sentence);
      case 409 -> new MisconfiguredException(sentence);
      case 412 -> new WrongStateException(sentence);
      case 422 -> new RefusedException(sentence);
      default -> new UnavailableException(sentence, Optional.empty());
    };
  }
}
