package dev.knight.rehearsal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** One HTTP request as it came over the wire. */
final class WireRequest {
  /** Longer than any line that a client of the rehearsal sends. */
  private static final int LONGEST_LINE = 64 * 1024;

  /** Bodies are kept in memory; a push of the rehearsal's size has room. */
  private static final int LONGEST_BODY = 256 * 1024 * 1024;

  private final String method;
  private final String path;
  private final String query;
  private final Map<String, String> headers;
  private final byte[] body;

  private WireRequest(String start, Map<String, String> headers, byte[] body) throws IOException {
    String[] parts = start.split(" ", 3);
    if (parts.length != 3) {
      throw new IOException("Not a request: " + start);
    }
    int question = parts[1].indexOf('?');
    this.method = parts[0];
    this.path = question < 0 ? parts[1] : parts[1].substring(0, question);
    this.query = question < 0 ? "" : parts[1].substring(question + 1);
    this.headers = headers;
    this.body = body;
  }

  /** Reads the next request of a connection; empty at its end. */
  static Optional<WireRequest> read(InputStream in, OutputStream out) throws IOException {
    String start = line(in);
    if (start.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> headers = headers(in);
    if ("100-continue".equalsIgnoreCase(headers.get("expect"))) {
      out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    return Optional.of(new WireRequest(start, headers, body(in, headers)));
  }

  String method() {
    return method;
  }

  /** Still percent-encoded, without the query. */
  String path() {
    return path;
  }

  /** Still percent-encoded, empty without one. */
  String query() {
    return query;
  }

  /** All headers by lower-case name; the last one of a name counts. */
  Map<String, String> headers() {
    return headers;
  }

  /** The value of a header, empty if it was not sent. */
  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /** The body as text, as it was sent. */
  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** The body without its content encoding. */
  InputStream content() throws IOException {
    InputStream sent = new ByteArrayInputStream(body);
    return header("content-encoding").contains("gzip") ? new GZIPInputStream(sent) : sent;
  }

  private static Map<String, String> headers(InputStream in) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
            line.substring(colon + 1).strip());
      }
    }
    return headers;
  }

  private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
    if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
      return chunks(in);
    }
    return exactly(in, Integer.parseInt(headers.getOrDefault("content-length", "0")));
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int length = chunkLength(in);
    while (length > 0) {
      body.write(exactly(in, length));
      line(in);
      length = chunkLength(in);
    }
    headers(in);
    return body.toByteArray();
  }

  private static int chunkLength(InputStream in) throws IOException {
    String line = line(in);
    int extension = line.indexOf(';');
    return Integer.parseInt((extension < 0 ? line : line.substring(0, extension)).strip(), 16);
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    if (length > LONGEST_BODY) {
      throw new IOException("A body of " + length + " bytes is too long");
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("The client went away in the middle of a body");
    }
    return bytes;
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      if (line.size() == LONGEST_LINE) {
        throw new IOException("A line of the request's head is too long");
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
