package dev.knight.rehearsal;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The way back to the client of one request: whole, in chunks, cut or not at all. */
final class WireReply {
  private final OutputStream wire;
  private final Closing closing;
  private boolean keepsConnection = true;

  /** Ends a connection: with a reset, or after all that was sent. */
  private interface Closing {
    void close(boolean reset) throws IOException;
  }

  private WireReply(OutputStream wire, Closing closing) {
    this.wire = wire;
    this.closing = closing;
  }

  /** The way back over a connection. */
  static WireReply to(Socket connection) throws IOException {
    return new WireReply(
        connection.getOutputStream(),
        reset -> {
          if (reset) {
            connection.setSoLinger(true, 0);
          }
          connection.close();
        });
  }

  /** A way to nobody. */
  static WireReply into(OutputStream nowhere) {
    return new WireReply(nowhere, reset -> nowhere.close());
  }

  /** Whether another request may follow on the connection. */
  boolean keepsConnection() {
    return keepsConnection;
  }

  /** Sends a whole answer. */
  void send(int status, Map<String, String> headers, byte[] body) throws IOException {
    OutputStream out = new BufferedOutputStream(wire);
    boolean bodiless = status == 204 || status == 304;
    out.write(head(status, headers, bodiless ? "" : "content-length: " + body.length + "\r\n"));
    if (!bodiless) {
      out.write(body);
    }
    out.flush();
  }

  /** Promises the whole body, sends its first bytes and closes the connection. */
  void cut(int status, Map<String, String> headers, byte[] body, int bytes) throws IOException {
    OutputStream out = new BufferedOutputStream(wire);
    out.write(head(status, headers, "content-length: " + body.length + "\r\n"));
    out.write(body, 0, Math.min(bytes, body.length));
    out.flush();
    keepsConnection = false;
    closing.close(false);
  }

  /** Sends a head and gives the stream for a body of unknown length; close ends the answer. */
  OutputStream stream(int status, Map<String, String> headers) throws IOException {
    OutputStream out = wire;
    out.write(head(status, headers, "transfer-encoding: chunked\r\n"));
    return new BufferedOutputStream(new Chunks(out), 16 * 1024);
  }

  /** Closes the connection without a further byte; the client sees a reset. */
  void drop() throws IOException {
    keepsConnection = false;
    closing.close(true);
  }

  private static byte[] head(int status, Map<String, String> headers, String length) {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " " + reason(status) + "\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    return head.append(length).append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String reason(int status) {
    return switch (status / 100) {
      case 2 -> "OK";
      case 3 -> status == 304 ? "Not Modified" : "Moved";
      default -> "Error";
    };
  }

  /** Each write becomes one chunk. */
  private static final class Chunks extends OutputStream {
    private final OutputStream out;

    Chunks(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int single) throws IOException {
      write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (length == 0) {
        return; // A chunk without bytes would be the end.
      }
      byte[] size = (Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
      byte[] chunk = new byte[size.length + length + 2];
      System.arraycopy(size, 0, chunk, 0, size.length);
      System.arraycopy(bytes, offset, chunk, size.length, length);
      chunk[chunk.length - 2] = '\r';
      chunk[chunk.length - 1] = '\n';
      out.write(chunk);
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }
  }
}
