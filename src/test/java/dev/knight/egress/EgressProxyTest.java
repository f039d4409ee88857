package dev.knight.egress;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knight.egress.EgressWorld.Echo;
import dev.knight.job.RefusedHost;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EgressProxyTest {
  private static final String FILES = EgressWorld.FILES;
  private static final String CONNECT =
      "CONNECT files.example:443 HTTP/1.1\r\nHost: files.example\r\n\r\n";
  private static final String NOT_ALLOWED = "not allowed";

  @TempDir static Path keys;
  private static SSLContext tls;

  @TempDir Path directory;

  @BeforeAll
  static void certificates() throws Exception {
    tls = TestTls.context(keys, "files.example,evil.example");
  }

  // ---- what is let through

  @Test
  void java_reaches_an_allowed_host_over_tls_and_without() throws Exception {
    try (EgressWorld world = new EgressWorld(EgressWorld.wide(), FILES, FILES + ":80");
        TestSite site = new TestSite(directory, tls)) {
      Files.writeString(directory.resolve("hello.txt"), "hello");
      site.join(world);

      assertThat(get(world, "https://files.example/hello.txt").body()).isEqualTo("hello");
      assertThat(get(world, "http://files.example/hello.txt").body()).isEqualTo("hello");
      assertThat(world.reached)
          .containsOnly(EgressWorld.PUBLIC + ":443", EgressWorld.PUBLIC + ":80");
      assertThat(world.refused).isEmpty();
    }
  }

  @Test
  void curl_and_git_reach_an_allowed_host_and_no_other() throws Exception {
    try (EgressWorld world = new EgressWorld(EgressWorld.wide(), FILES);
        TestSite site = new TestSite(directory, tls)) {
      site.join(world);
      Path repository = directory.resolve("pump.git");
      run(world, "git", "init", "-q", "--bare", repository.toString());
      run(world, "git", "-C", repository.toString(), "update-server-info");
      Files.writeString(directory.resolve("hello.txt"), "hello");

      assertThat(run(world, "curl", "-sSkf", "https://files.example/hello.txt"))
          .isEqualTo("0 hello");
      assertThat(
              run(
                  world,
                  "git",
                  "-c",
                  "http.sslVerify=false",
                  "ls-remote",
                  "https://files.example/pump.git"))
          .startsWith("0 ");
      assertThat(run(world, "curl", "-sSkf", "https://evil.example/")).contains("403");
      assertThat(run(world, "curl", "-sSkf", "http://files.example/hello.txt")).contains("403");
      assertThat(
              run(
                  world,
                  "git",
                  "-c",
                  "http.sslVerify=false",
                  "ls-remote",
                  "https://evil.example/x.git"))
          .contains("403");
      assertThat(world.refused)
          .containsExactly(
              new RefusedHost("evil.example:443", NOT_ALLOWED),
              new RefusedHost("files.example:80", NOT_ALLOWED));
    }
  }

  @Test
  void what_a_client_says_arrives_as_it_was_said_however_it_comes() throws Exception {
    byte[] hello = TestTls.hello(FILES);
    byte[] answer = "an answer after the client has ended".getBytes(ISO_8859_1);
    try (EgressWorld world = new EgressWorld(EgressWorld.wide(), FILES);
        Echo echo = new Echo(answer);
        Socket inside = world.inside()) {
      world.lead(443, echo.port());
      inside.setTcpNoDelay(true);

      inside.getOutputStream().write(CONNECT.getBytes(ISO_8859_1));
      assertThat(EgressWorld.head(inside)).startsWith("HTTP/1.1 200 ");
      for (byte one : hello) {
        inside.getOutputStream().write(one);
      }
      inside.getOutputStream().write("more".getBytes(ISO_8859_1));
      inside.shutdownOutput();

      assertThat(inside.getInputStream().readAllBytes()).isEqualTo(answer);
      byte[] said = echo.said.poll(60, TimeUnit.SECONDS);
      assertThat(said)
          .startsWith(hello)
          .endsWith("more".getBytes(ISO_8859_1))
          .hasSize(hello.length + 4);
    }
  }

  @Test
  void a_client_may_speak_before_it_was_answered() throws Exception {
    byte[] hello = TestTls.hello(FILES);
    try (EgressWorld world = new EgressWorld(EgressWorld.wide(), FILES);
        Echo echo = new Echo(new byte[0]);
        Socket inside = world.inside()) {
      world.lead(443, echo.port());
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes(CONNECT.getBytes(ISO_8859_1));
      all.writeBytes(hello);

      inside.getOutputStream().write(all.toByteArray());
      inside.shutdownOutput();

      assertThat(echo.said.poll(60, TimeUnit.SECONDS)).isEqualTo(hello);
    }
  }

  @Test
  void a_unix_socket_serves_as_well() throws Exception {
    UnixDomainSocketAddress door = UnixDomainSocketAddress.of(directory.resolve("egress.sock"));
    try (EgressWorld world = new EgressWorld(EgressWorld.wide(), FILES);
        Echo echo = new Echo("bye".getBytes(ISO_8859_1));
        ServerSocketChannel listener =
            ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(door);
        SocketChannel inside = SocketChannel.open(door)) {
      world.lead(443, echo.port());
      world.listen(listener);

      inside.write(ByteBuffer.wrap(CONNECT.getBytes(ISO_8859_1)));
      inside.write(ByteBuffer.wrap(TestTls.hello(FILES)));
      inside.shutdownOutput();

      assertThat(all(inside)).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\nbye");
    }
  }

  // ---- what is not

  /** The control of those below: a server outside does not mind whom a client names. */
  @Test
  void without_the_proxy_another_name_in_tls_would_do() throws Exception {
    try (TestSite site = new TestSite(directory, tls);
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), site.tlsPort());
        SSLSocket socket = TestTls.over(tls, plain, "evil.example")) {
      socket.startHandshake();

      assertThat(socket.getSession().isValid()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", ""})
  void a_tunnel_is_for_the_host_that_it_was_asked_for(String named) throws Exception {
    try (EgressWorld world = new EgressWorld(EgressWorld.wide(), FILES);
        Echo echo = new Echo(new byte[0]);
        Socket tunnel = tunnel(world, echo);
        SSLSocket socket = TestTls.over(tls, tunnel, named)) {

      assertThatThrownBy(socket::startHandshake)
          .isInstanceOf(SSLException.class)
          .hasMessageContaining("access_denied");
      assertThat(echo.said.poll(60, TimeUnit.SECONDS)).isEmpty();
      assertThat(world.refused).extracting(RefusedHost::place).containsExactly("files.example:443");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", "SSH-2.0-x\r\n", "\u0016\u0003"})
  void what_is_no_tls_does_not_get_out_of_a_tunnel(String words) throws Exception {
    try (EgressWorld world = new EgressWorld(EgressWorld.wide(), FILES);
        Echo echo = new Echo("secret".getBytes(ISO_8859_1));
        Socket tunnel = tunnel(world, echo)) {

      tunnel.getOutputStream().write(words.getBytes(ISO_8859_1));
      tunnel.shutdownOutput();

      assertThat(tunnel.getInputStream().readAllBytes())
          .isEqualTo(new byte[] {21, 3, 3, 0, 2, 2, 49});
      assertThat(echo.said.poll(60, TimeUnit.SECONDS)).isEmpty();
      assertThat(world.refused)
          .containsExactly(new RefusedHost("files.example:443", "speaks no TLS"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "10.1.2.3",
        "169.254.169.254",
        "::1",
        "fd00:ec2::254",
        "64:ff9b::7f00:1",
        "104.16.1.34,192.168.1.1",
        "::ffff:10.0.0.1,104.16.1.34"
      })
  void a_name_that_leads_home_leads_nowhere(String addresses) throws Exception {
    try (EgressWorld world = new EgressWorld(EgressWorld.wide(), FILES, FILES + ":80")) {
      world.names.put(FILES, List.of(addresses.split(",")));

      assertThat(ask(world, CONNECT)).startsWith("HTTP/1.1 403 ").contains("no public address");
      assertThat(ask(world, "GET http://files.example/ HTTP/1.0\r\n\r\n"))
          .startsWith("HTTP/1.1 403 ");
      assertThat(world.reached).isEmpty();
      assertThat(world.refused)
          .containsExactly(
              new RefusedHost("files.example:443", "no public address"),
              new RefusedHost("files.example:80", "no public address"));
    }
  }

  @Test
  void a_public_address_of_this_machine_itself_leads_nowhere() throws Exception {
    try (EgressWorld world = new EgressWorld(EgressWorld.wide(), FILES)) {
      world.near.add(EgressWorld.PUBLIC);

      assertThat(ask(world, CONNECT)).startsWith("HTTP/1.1 403 ");
      assertThat(world.reached).isEmpty();
    }
  }

  @Test
  void a_name_is_looked_up_once_and_its_addresses_are_tried_in_turn() throws Exception {
    try (EgressWorld world = new EgressWorld(EgressWorld.wide(), FILES)) {
      world.names.put(FILES, List.of("104.16.1.34", "2606:4700::1"));

      assertThat(ask(world, CONNECT)).startsWith("HTTP/1.1 502 ").contains("cannot be reached");
      assertThat(world.reached).containsExactly("104.16.1.34:443", "2606:4700:0:0:0:0:0:1:443");
      world.names.clear();
      assertThat(ask(world, CONNECT)).startsWith("HTTP/1.1 502 ").contains("cannot be found");
      assertThat(world.refused).isEmpty();
    }
  }

  @Test
  void nothing_follows_a_plain_request() throws Exception {
    try (EgressWorld world = new EgressWorld(EgressWorld.wide(), FILES + ":80");
        TestSite site = new TestSite(directory, tls)) {
      site.join(world);
      Files.writeString(directory.resolve("hello.txt"), "hello");
      String two =
          """
          GET http://files.example/hello.txt HTTP/1.1\r
          Host: files.example\r
          \r
          GET /other.txt HTTP/1.1\r
          Host: evil.example\r
          \r
          """;

      String answer = ask(world, two);

      assertThat(answer).startsWith("HTTP/1.1 200 OK").endsWith("hello");
      assertThat(answer.split("HTTP/1.1", -1)).hasSize(2);
      assertThat(site.asked).containsExactly("/hello.txt");
    }
  }

  @Test
  void what_is_refused_is_told_once_and_not_without_end() throws Exception {
    try (EgressWorld world = new EgressWorld(EgressWorld.wide())) {
      for (int i = 0; i < 70; i++) {
        ask(
            world,
            "CONNECT h" + i / 2 + ".example:" + (i % 4 < 2 ? 443 : 80) + " HTTP/1.0\r\n\r\n");
        ask(world, "CONNECT H" + i + ".example:443 HTTP/1.0\r\n\r\n");
      }

      assertThat(world.refused).hasSize(50).doesNotHaveDuplicates();
      assertThat(world.reached).isEmpty();
    }
  }

  // ---- bounds

  @Test
  void a_connection_sends_no_more_than_it_may() throws Exception {
    Caps caps = caps(64, 20_000, 1_000_000, Duration.ofMinutes(1), Duration.ofMinutes(1));
    try (EgressWorld world = new EgressWorld(caps, FILES);
        Echo echo = new Echo(new byte[0]);
        Socket tunnel = tunnel(world, echo)) {
      tunnel.getOutputStream().write(TestTls.hello(FILES));

      assertThatThrownBy(() -> pour(tunnel)).isInstanceOf(IOException.class);

      assertThat(echo.said.poll(60, TimeUnit.SECONDS)).hasSizeLessThan(20_002);
      assertThat(world.refused.poll(60, TimeUnit.SECONDS))
          .isEqualTo(new RefusedHost("files.example:443", "sent or received too much"));
    }
  }

  @Test
  void a_connection_receives_no_more_than_it_may() throws Exception {
    Caps caps = caps(64, 1_000_000, 20_000, Duration.ofMinutes(1), Duration.ofMinutes(1));
    try (EgressWorld world = new EgressWorld(caps, FILES);
        Echo echo = new Echo(new byte[500_000]);
        Socket tunnel = tunnel(world, echo)) {
      tunnel.getOutputStream().write(TestTls.hello(FILES));
      tunnel.shutdownOutput();

      assertThat(received(tunnel)).isLessThanOrEqualTo(20_000);
      assertThat(world.refused.poll(60, TimeUnit.SECONDS))
          .isEqualTo(new RefusedHost("files.example:443", "sent or received too much"));
    }
  }

  @Test
  void the_connections_of_a_job_share_its_bytes() throws Exception {
    byte[] hello = TestTls.hello(FILES);
    Caps caps =
        new Caps(
            64,
            1_000_000,
            1_000_000,
            hello.length * 2L,
            1_000_000,
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1));
    try (EgressWorld world = new EgressWorld(caps, FILES);
        Echo echo = new Echo("bye".getBytes(ISO_8859_1))) {
      List<Long> received = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        try (Socket tunnel = tunnel(world, echo)) {
          tunnel.getOutputStream().write(hello);
          tunnel.shutdownOutput();
          received.add(received(tunnel));
        }
      }

      assertThat(received).containsExactly(3L, 3L, 0L);
    }
  }

  @Test
  void a_job_has_so_many_connections_at_a_time() throws Exception {
    Caps caps = caps(1, 1_000_000, 1_000_000, Duration.ofMinutes(1), Duration.ofMinutes(1));
    try (EgressWorld world = new EgressWorld(caps, FILES);
        Echo echo = new Echo(new byte[0])) {
      try (Socket _ = tunnel(world, echo)) {
        assertThat(ask(world, CONNECT)).startsWith("HTTP/1.1 503 ");
      }

      // The first one has ended once its server has heard so.
      assertThat(echo.said.poll(60, TimeUnit.SECONDS)).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "CONNECT files.exam", "CONNECT files.example:443 HTTP/1.0\r\n\r\n\u0016"})
  void who_does_not_say_what_he_wants_is_let_go(String words) throws Exception {
    Caps caps = caps(64, 1_000_000, 1_000_000, Duration.ofMillis(300), Duration.ofMinutes(1));
    try (EgressWorld world = new EgressWorld(caps, FILES);
        Echo echo = new Echo(new byte[0]);
        Socket inside = world.inside()) {
      world.lead(443, echo.port());
      inside.getOutputStream().write(words.getBytes(ISO_8859_1));

      received(inside);

      assertThat(world.refused).isEmpty();
    }
  }

  @Test
  void a_connection_on_which_nothing_happens_ends() throws Exception {
    Caps caps = caps(64, 1_000_000, 1_000_000, Duration.ofMinutes(1), Duration.ofMillis(300));
    try (EgressWorld world = new EgressWorld(caps, FILES);
        Echo echo = new Echo(new byte[0]);
        Socket tunnel = tunnel(world, echo)) {
      byte[] hello = TestTls.hello(FILES);
      tunnel.getOutputStream().write(hello);

      assertThat(received(tunnel)).isZero();
      assertThat(echo.said.poll(60, TimeUnit.SECONDS)).startsWith(hello);
    }
  }

  private static Caps caps(int connections, long up, long down, Duration head, Duration idle) {
    return new Caps(
        connections, up, down, 9_000_000, 9_000_000, head, idle, idle, Duration.ofMinutes(5));
  }

  private static Socket tunnel(EgressWorld world, Echo echo) throws IOException {
    world.lead(443, echo.port());
    Socket inside = world.inside();
    inside.getOutputStream().write(CONNECT.getBytes(ISO_8859_1));
    assertThat(EgressWorld.head(inside)).startsWith("HTTP/1.1 200 ");
    return inside;
  }

  private static String ask(EgressWorld world, String words) throws IOException {
    try (Socket inside = world.inside()) {
      inside.getOutputStream().write(words.getBytes(ISO_8859_1));
      return new String(inside.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  private static void pour(Socket tunnel) throws IOException {
    while (true) {
      tunnel.getOutputStream().write(new byte[1000]);
    }
  }

  /** How much comes until the other side ends, in order or not. */
  private static long received(Socket socket) {
    long count = 0;
    try {
      while (socket.getInputStream().read() >= 0) {
        count++;
      }
    } catch (IOException cut) {
      assertThat(cut).isNotInstanceOf(SocketTimeoutException.class);
    }
    return count;
  }

  private static String all(SocketChannel channel) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteBuffer part = ByteBuffer.allocate(1000);
    while (channel.read(part.clear()) >= 0) {
      all.write(part.array(), 0, part.position());
    }
    return all.toString(ISO_8859_1);
  }

  private static HttpResponse<String> get(EgressWorld world, String address) throws Exception {
    InetSocketAddress proxy = new InetSocketAddress(InetAddress.getLoopbackAddress(), world.port());
    try (HttpClient client =
        HttpClient.newBuilder().sslContext(tls).proxy(ProxySelector.of(proxy)).build()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
    }
  }

  /** Runs a program as it would run inside; its exit code and all that it printed. */
  private static String run(EgressWorld world, String... words) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    String proxy = "http://127.0.0.1:" + world.port();
    builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
    builder
        .environment()
        .putAll(
            Map.of(
                "http_proxy",
                proxy,
                "https_proxy",
                proxy,
                "HOME",
                "/nonexistent",
                "GIT_TERMINAL_PROMPT",
                "0"));
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), ISO_8859_1);
    return process.waitFor() + " " + said;
  }
}
