package dev.knight.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import dev.knight.api.JobView;
import dev.knight.fake.TestClock;
import dev.knight.hygiene.KnownSecrets;
import dev.knight.hygiene.Redactor;
import dev.knight.job.JobState;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.RefusedException;
import dev.knight.job.Secret;
import dev.knight.job.UnavailableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WaysTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  private static final String SECRET = "the-secret-of-the-test";
  private static final Redactor REDACTOR = new Redactor(new KnownSecrets(new Secret(SECRET)));

  @TempDir private Path directory;

  private final List<Letter> letters = new ArrayList<>();
  private HttpServer receiver = unstarted();
  private int status = 200;
  private String answer = "";

  private record Letter(Headers headers, String body) {}

  private static HttpServer unstarted() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  @BeforeEach
  void start() {
    receiver.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          letters.add(new Letter(exchange.getRequestHeaders(), body));
          exchange.getResponseHeaders().add("Location", "http://169.254.169.254/");
          exchange.getResponseHeaders().add("Retry-After", "120");
          byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    receiver.start();
  }

  @AfterEach
  void stop() {
    receiver.stop(0);
  }

  @Test
  void a_webhook_gets_everything_signed() throws IOException {
    webhook(Format.JSON).carry(notice("It <greets> & \"more\""));

    Letter letter = letters.getFirst();
    JsonNode json = new ObjectMapper().readTree(letter.body());
    assertThat(json.path("id").asText()).isEqualTo("12-1800000000");
    assertThat(json.path("event").asText()).isEqualTo("done");
    assertThat(json.path("text").asText()).isEqualTo("It <greets> & \"more\"");
    assertThat(json.path("job").path("pullRequest").asText()).endsWith("/pull/8");
    assertThat(letter.headers().getFirst("X-Knight-Delivery")).isEqualTo("12-1800000000");
    assertThat(letter.headers().getFirst("X-Knight-Event")).isEqualTo("done");
    assertThat(letter.headers().getFirst("Authorization")).isEqualTo("Bearer token");
    String time = letter.headers().getFirst("X-Knight-Timestamp");
    assertThat(time).isEqualTo("1800000000");
    assertThat(letter.headers().getFirst("X-Knight-Signature"))
        .isEqualTo("sha256=" + Signature.of(new Secret(SECRET), time, letter.body()));
  }

  @Test
  void a_signature_is_what_others_compute() {
    // printf '1800000000.{}' | openssl dgst -sha256 -hmac key
    assertThat(Signature.of(new Secret("key"), "1800000000", "{}"))
        .isEqualTo("7321475872b03ff21bdc2dfd86ea2d99ec29c479fbe4a77aa6acf4509505493f");
  }

  @Test
  void slack_reads_text_and_a_link_and_nothing_else() throws IOException {
    webhook(Format.SLACK).carry(notice("<!channel> & <https://evil.example|you>"));

    JsonNode json = new ObjectMapper().readTree(letters.getFirst().body());
    assertThat(json.path("unfurl_links").asBoolean(true)).isFalse();
    assertThat(json.path("text").asText())
        .isEqualTo(
            "*<https://github.com/ada/engine/pull/8|knight is done: ada/engine#7 Grüße>*\n"
                + "&lt;!channel&gt; &amp; &lt;https://evil.example|you&gt;");
  }

  @Test
  void a_chat_gets_less_than_it_takes() throws IOException {
    webhook(Format.SLACK).carry(notice("long ".repeat(400)));

    JsonNode json = new ObjectMapper().readTree(letters.getFirst().body());
    assertThat(json.path("text").asText()).hasSizeLessThan(2_000).endsWith("…");
  }

  @Test
  void ntfy_reads_headers_and_a_plain_body() {
    webhook(Format.NTFY).carry(notice("It greets."));

    Letter letter = letters.getFirst();
    assertThat(letter.body()).isEqualTo("It greets.");
    assertThat(letter.headers().getFirst("Title")).startsWith("=?UTF-8?B?").endsWith("?=");
    assertThat(letter.headers().getFirst("Click")).endsWith("/pull/8");
    assertThat(letter.headers().getFirst("Tags")).isEqualTo("white_check_mark");
  }

  @Test
  void an_answer_says_who_must_act_and_a_redirect_leads_nowhere() {
    Webhook webhook = webhook(Format.JSON);

    status = 413;
    assertThatThrownBy(() -> webhook.carry(notice("x"))).isInstanceOf(RefusedException.class);
    status = 302;
    assertThatThrownBy(() -> webhook.carry(notice("x")))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessage("the webhook at 127.0.0.1 answers with status 302: look at knight.notify.url");
    status = 404;
    assertThatThrownBy(() -> webhook.carry(notice("x"))).isInstanceOf(MisconfiguredException.class);
    status = 429;
    assertThatThrownBy(() -> webhook.carry(notice("x")))
        .isInstanceOfSatisfying(
            UnavailableException.class,
            busy -> assertThat(busy.retryAt()).contains(NOW.plusSeconds(120)));
    status = 500;
    answer = "no".repeat(100_000);
    assertThatThrownBy(() -> webhook.carry(notice("x"))).isInstanceOf(UnavailableException.class);
    receiver.stop(0);
    assertThatThrownBy(() -> webhook.carry(notice("x")))
        .isInstanceOf(UnavailableException.class)
        .hasMessage("the webhook at 127.0.0.1 cannot be reached");
    assertThat(letters).hasSize(5);
  }

  @Test
  void a_command_gets_json_and_variables_and_nothing_of_knights() throws IOException {
    Path out = directory.resolve("out");
    Path script = script("cat > %s; env >> %s".formatted(out, out));
    Map<String, String> own =
        Map.of("PATH", System.getenv("PATH"), "KNIGHT_GITHUB_TOKEN", SECRET, "LD_PRELOAD", "x");

    new Command(script, own, REDACTOR).carry(notice("It greets\nyou."));

    assertThat(out)
        .content()
        .startsWith("{\"id\":\"12-1800000000\"")
        .contains(
            "KNIGHT_EVENT=done",
            "KNIGHT_TITLE=knight is done: ada/engine#7 Grüße",
            "KNIGHT_TEXT=It greets\nyou.",
            "KNIGHT_LINK=https://github.com/ada/engine/pull/8")
        .doesNotContain(SECRET, "LD_PRELOAD");
  }

  @Test
  void the_command_that_mails_writes_a_letter_that_nobody_can_add_a_header_to() throws IOException {
    Path letter = directory.resolve("letter");
    Path sendmail = script("cat > " + letter);
    Files.move(sendmail, directory.resolve("sendmail"));
    Map<String, String> own = Map.of("PATH", directory + ":" + System.getenv("PATH"));

    new Command(Path.of("config/notify-mail").toAbsolutePath(), own, REDACTOR)
        .carry(notice("It greets.\nBcc: eve@example.org"));

    String[] parts = Files.readString(letter).split("\n\n", 2);
    assertThat(parts[0].lines())
        .hasSize(7)
        .contains("Message-ID: <knight.12-1800000000@" + name() + ">")
        .anyMatch(line -> line.startsWith("Subject: =?UTF-8?B?a25pZ2h0IGlzIGRvbmU6"))
        .noneMatch(line -> line.startsWith("Bcc"));
    assertThat(parts[1])
        .isEqualTo("It greets.\nBcc: eve@example.org\n\nhttps://github.com/ada/engine/pull/8\n");
  }

  private static String name() throws IOException {
    try (var out = new ProcessBuilder("uname", "-n").start().inputReader()) {
      return String.valueOf(out.readLine());
    }
  }

  @Test
  void a_command_that_fails_says_why_and_one_that_hangs_is_ended() throws IOException {
    assertThatThrownBy(() ->
            new Command(script("echo no " + SECRET + "; exit 3"), Map.of(), REDACTOR)
                .carry(notice("x")))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("ended with code 3: no ***");
    assertThatThrownBy(
            () -> new Command(directory.resolve("none"), Map.of(), REDACTOR).carry(notice("x")))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessageContaining("knight.notify.command");

    Path marker = directory.resolve("marker");
    Path hangs = script("echo $$ > " + marker + "; exec sleep 1000");
    Command command = new Command(hangs, Map.of(), REDACTOR, Duration.ofMillis(500));
    assertThatThrownBy(() -> command.carry(notice("x")))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("takes longer than");
  }

  @Test
  void a_command_that_reads_nothing_is_no_failure() throws IOException {
    new Command(script("exec <&-; exit 0"), Map.of(), REDACTOR).carry(notice("x".repeat(2_000)));
  }

  @Test
  void every_end_of_a_job_can_be_told() {
    List<JobState.Finished> ends =
        List.of(
            new JobState.Done(URI.create("https://github.com/"), false, ""),
            new JobState.Answered(""),
            new JobState.NoChange(""),
            new JobState.Failed("", Optional.empty()),
            new JobState.Stopped(""));

    assertThat(ends).allSatisfy(end -> assertThat(Occasion.named(end.word())).isPresent());
    assertThat(Occasion.named(new JobState.NeedsYou("").word())).contains(Occasion.NEEDS_YOU);
  }

  private Webhook webhook(Format format) {
    URI address = URI.create("http://127.0.0.1:%d/hook".formatted(receiver.getAddress().getPort()));
    NotifySettings.Post post =
        new NotifySettings.Post(
            new Secret(address.toString()),
            format,
            Optional.of(new Secret(SECRET)),
            Optional.of(new Secret("token")));
    return new Webhook(post, "knight/test", new TestClock(NOW));
  }

  private Path script(String text) throws IOException {
    Path script = Files.createTempFile(directory, "script", ".sh");
    Files.writeString(script, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return script;
  }

  private static Notice notice(String text) {
    JobView job = Notice.sample(NOW).job();
    URI pull = URI.create("https://github.com/ada/engine/pull/8");
    return new Notice(
        "12-1800000000",
        Occasion.DONE,
        NOW,
        "knight is done: ada/engine#7 Grüße",
        text,
        pull,
        job.title(),
        new JobView(
            job.id(),
            job.repository(),
            job.number(),
            job.title(),
            job.kind(),
            job.state(),
            job.reason(),
            job.needs(),
            job.step(),
            job.attempt(),
            job.requester(),
            Optional.of(pull),
            job.costUsd(),
            NOW,
            NOW));
  }
}
