package dev.knight.github;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server that answers what it was told to, byte for byte, in order; and remembers what it was
 * asked. It speaks plain sockets, so that even its answers' dates and lengths may lie.
 */
final class ScriptedServer implements AutoCloseable {
  private final ServerSocket socket;
  private final Queue<String> answers = new ConcurrentLinkedQueue<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final AtomicInteger lost = new AtomicInteger();

  private ScriptedServer(ServerSocket socket) {
    this.socket = socket;
  }

  record Asked(String method, String target, Map<String, String> headers, String body) {
    String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  static ScriptedServer start() throws IOException {
    ScriptedServer server =
        new ScriptedServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual().start(server::serve);
    return server;
  }

  String origin() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  URI apiUrl() {
    return URI.create(origin() + "/api/v3");
  }

  List<Asked> asked() {
    return List.copyOf(asked);
  }

  Asked last() {
    return asked.getLast();
  }

  /** The next answer, in full, but for the headers that every answer has. */
  ScriptedServer answer(int status, String headers, String body) {
    String lines = headers.isEmpty() ? "" : headers.strip().replace("\n", "\r\n") + "\r\n";
    String date = lines.contains("Date:") ? "" : "Date: Sun, 22 Nov 2026 12:00:00 GMT\r\n";
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    return raw(
        "HTTP/1.1 %d Status\r\n%s%sContent-Length: %d\r\nConnection: close\r\n\r\n%s"
            .formatted(status, date, lines, status == 304 ? 0 : length, body));
  }

  ScriptedServer answer(int status, String body) {
    return answer(status, "", body);
  }

  /** The next answer, byte for byte; then the connection ends. */
  ScriptedServer raw(String bytes) {
    answers.add(bytes);
    return this;
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        asked.add(request(client));
        String answer = answers.isEmpty() ? noAnswerLeft() : answers.remove();
        OutputStream out = client.getOutputStream();
        out.write(answer.getBytes(StandardCharsets.UTF_8));
        out.flush();
      } catch (IOException gone) {
        lost.incrementAndGet();
      }
    }
  }

  private static String noAnswerLeft() {
    return "HTTP/1.1 418 Nothing was scripted\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
  }

  private static Asked request(Socket client) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
    String[] first = in.readLine().split(" ", -1);
    Map<String, String> headers = new HashMap<>();
    for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    char[] body = new char[Integer.parseInt(headers.getOrDefault("content-length", "0"))];
    int read = 0;
    while (read < body.length) {
      read += in.read(body, read, body.length - read);
    }
    return new Asked(first[0], first[1], headers, new String(body));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
