package dev.knight.egress;

import static dev.knight.egress.DeniedException.refused;
import static dev.knight.egress.DeniedException.unclear;

import dev.knight.egress.RequestHead.Fetch;
import dev.knight.egress.RequestHead.Tunnel;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what a client asks, so strictly that nobody after it can read something else: every line
 * ends with CR LF, nothing is folded, doubled where it counts, or outside of printable ASCII, and
 * nothing but CONNECT, or GET and HEAD without a body, is taken.
 */
final class HeadReader {
  /** No head may be longer, nor need be. */
  static final int LONGEST = 16 * 1024;

  private static final int MOST_LINES = 100;
  private static final int END = 4;
  private static final String NO_NAME = "not a host's name";

  private static final Pattern REQUEST = Pattern.compile("([A-Z]{1,16}) ([!-~]+) HTTP/1\\.([01])");

  /** What can be shown to people as it is, name or not. */
  private static final String HOST = "([A-Za-z0-9.-]{1,254}|\\[[0-9A-Fa-f:.]{2,45}])";

  private static final Pattern AUTHORITY = Pattern.compile(HOST + ":([0-9]{1,5})");
  private static final Pattern ADDRESS =
      Pattern.compile("(?i:http)://" + HOST + "(?::([0-9]{1,5}))?([/?][!-~&&[^#]]*+)?");
  private static final Pattern HOST_FIELD = Pattern.compile(HOST + "(?::([0-9]{1,5}))?");

  private HeadReader() {}

  /**
   * Reads the head that comes next; what follows it is left.
   *
   * @throws DeniedException when it is not wholly clear, or asks for what no job gets
   * @throws EOFException when the client ends before
   */
  static RequestHead read(Received from) throws IOException, DeniedException {
    String[] lines = text(from).split("\r\n", -1);
    if (lines.length > MOST_LINES) {
      throw unclear("The request's head has too many lines");
    }
    Matcher request = REQUEST.matcher(lines[0]);
    if (!request.matches()) {
      throw unclear("The first line is no request");
    }
    HeadFields fields = HeadFields.of(List.of(lines).subList(1, lines.length));
    if (fields.hasBody()) {
      throw unclear("A request to the proxy has no body");
    }
    RequestHead head =
        request.group(1).equals("CONNECT")
            ? tunnel(request.group(2))
            : fetch(request.group(1), request.group(2), request.group(3), fields);
    checkHost(head.target(), fields, request.group(3));
    return head;
  }

  /** The head without the empty line that ends it. */
  private static String text(Received from) throws IOException, DeniedException {
    int length = 0;
    for (int matched = 0; matched < END; length++) {
      if (length == LONGEST) {
        throw unclear("The request's head is too long");
      }
      if (!from.has(length + 1)) {
        throw new EOFException("The client asked for nothing");
      }
      matched = matched(matched, from.at(length));
    }
    String text = new String(from.take(length), StandardCharsets.US_ASCII);
    return text.substring(0, text.length() - END);
  }

  /** How much of CR LF CR LF has come by now, with {@code character}. */
  private static int matched(int before, int character) throws DeniedException {
    boolean inLine = before % 2 == 0;
    if (character == '\r' || character == '\n') {
      if (inLine != (character == '\r')) {
        throw unclear("A line must end with CR LF, and have none of them elsewhere");
      }
      return before + 1;
    }
    if (!inLine) {
      throw unclear("A CR must be followed by a LF");
    }
    if (character != '\t' && (character < ' ' || character > '~')) {
      throw unclear("A head is printable ASCII");
    }
    return 0;
  }

  private static Tunnel tunnel(String authority) throws DeniedException {
    Matcher parts = AUTHORITY.matcher(authority);
    if (!parts.matches()) {
      throw unclear("CONNECT needs host:port");
    }
    return new Tunnel(target(parts.group(1), parts.group(2)));
  }

  private static Fetch fetch(String method, String address, String minor, HeadFields fields)
      throws DeniedException {
    Matcher parts = ADDRESS.matcher(address);
    if (!parts.matches()) {
      throw unclear("A request needs an address that starts with http://host");
    }
    Target target = target(parts.group(1), Optional.ofNullable(parts.group(2)).orElse("80"));
    if (!method.equals("GET") && !method.equals("HEAD")) {
      throw refused(target.toString(), "only GET and HEAD go without TLS");
    }
    String path = Optional.ofNullable(parts.group(3)).orElse("/");
    String host = target.port() == 80 ? target.host() : target.toString();
    String text =
        "%s %s HTTP/1.%s\r\nHost: %s\r\nConnection: close\r\n%s\r\n"
            .formatted(
                method, path.startsWith("/") ? path : "/" + path, minor, host, fields.endToEnd());
    return new Fetch(target, text);
  }

  private static Target target(String host, String port) throws DeniedException {
    return Target.of(host, port).orElseThrow(() -> refused(host + ":" + port, NO_NAME));
  }

  private static void checkHost(Target target, HeadFields fields, String minor)
      throws DeniedException {
    Optional<String> host = fields.host();
    if (host.isEmpty()) {
      if (minor.equals("1")) {
        throw unclear("The request has no Host");
      }
      return;
    }
    Matcher parts = HOST_FIELD.matcher(host.get());
    boolean same =
        parts.matches()
            && Target.name(parts.group(1)).filter(target.host()::equals).isPresent()
            && (parts.group(2) == null || parts.group(2).equals(String.valueOf(target.port())));
    if (!same) {
      throw unclear("Host names another host than the request");
    }
  }
}
