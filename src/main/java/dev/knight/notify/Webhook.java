package dev.knight.notify;

import dev.knight.job.MisconfiguredException;
import dev.knight.job.RefusedException;
import dev.knight.job.Secret;
import dev.knight.job.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Posts notices to an address of the owner's. It follows no redirect and reads no answer. */
final class Webhook implements Way {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Whoever wants to be left alone for longer is asked again anyway. */
  private static final long LONGEST_WAIT_SECONDS = 3_600;

  private final URI address;
  private final NotifySettings.Post post;
  private final String userAgent;
  private final InstantSource clock;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  Webhook(NotifySettings.Post post, String userAgent, InstantSource clock) {
    this.address = URI.create(post.url().reveal());
    this.post = post;
    this.userAgent = userAgent;
    this.clock = clock;
  }

  /** Without the path: it is often the key. */
  @Override
  public String name() {
    return "the webhook at " + address.getHost();
  }

  @Override
  public String key() {
    return "notify url";
  }

  @Override
  public void carry(Notice notice) {
    try {
      HttpResponse<InputStream> answer =
          http.send(request(notice, post.format().letter(notice)), BodyHandlers.ofInputStream());
      answer.body().close(); // however much it would say
      judge(answer);
    } catch (IOException broken) {
      throw new UnavailableException(name() + " cannot be reached", broken);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("Interrupted", ended);
    }
  }

  private HttpRequest request(Notice notice, Format.Letter letter) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .header("Content-Type", letter.contentType())
            .header("User-Agent", userAgent)
            .header("X-Knight-Event", notice.occasion().word())
            .header("X-Knight-Delivery", notice.id())
            .POST(BodyPublishers.ofString(letter.body()));
    letter.headers().forEach(request::header);
    post.token().ifPresent(token -> request.header("Authorization", "Bearer " + token.reveal()));
    post.secret().ifPresent(secret -> sign(request, secret, letter.body()));
    return request.build();
  }

  private void sign(HttpRequest.Builder request, Secret secret, String body) {
    String time = Long.toString(clock.instant().getEpochSecond());
    request
        .header("X-Knight-Timestamp", time)
        .header("X-Knight-Signature", "sha256=" + Signature.of(secret, time, body));
  }

  private void judge(HttpResponse<?> answer) {
    int status = answer.statusCode();
    String says = "%s answers with status %d".formatted(name(), status);
    if (status / 100 == 2) {
      return;
    }
    switch (status) {
      case 400, 413, 422 -> throw new RefusedException(says);
      case 408, 425, 429 -> throw new UnavailableException(says, retryAt(answer));
      default -> {
        if (status / 100 == 5) {
          throw new UnavailableException(says, retryAt(answer));
        }
        throw new MisconfiguredException(says + ": look at knight.notify.url");
      }
    }
  }

  private Optional<Instant> retryAt(HttpResponse<?> answer) {
    return answer
        .headers()
        .firstValue("Retry-After")
        .filter(seconds -> seconds.matches("\\d{1,9}"))
        .map(seconds -> Math.min(Long.parseLong(seconds), LONGEST_WAIT_SECONDS))
        .map(seconds -> clock.instant().plusSeconds(seconds));
  }
}
