package dev.knight.rehearsal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Sends one answer as server-sent events, and lets it go wrong where the script says so. */
final class ModelStream {
  private static final Duration LONGEST_HANG = Duration.ofHours(1);

  private final WireReply reply;
  private final ModelAnswer answer;
  private final CountDownLatch closed;

  /**
   * A stream.
   *
   * @param closed opens when the server is closed: the end of every wait
   */
  ModelStream(WireReply reply, ModelAnswer answer, CountDownLatch closed) {
    this.reply = reply;
    this.answer = answer;
    this.closed = closed;
  }

  void send(List<ObjectNode> chunks) throws IOException {
    Map<String, String> headers =
        Map.of("content-type", "text/event-stream; charset=utf-8", "cache-control", "no-cache");
    OutputStream out = reply.stream(200, headers);
    int sent = 0;
    for (ObjectNode chunk : chunks) {
      if (goesWrong(out, sent)) {
        return;
      }
      event(out, chunk.toString());
      sent++;
      if (answer.chunkDelay().isPositive()) {
        out.flush();
        await(answer.chunkDelay());
      }
    }
    if (!goesWrong(out, sent)) {
      event(out, "[DONE]");
      out.close();
    }
  }

  /** Whether the answer ended here, in one of the ways of {@link ModelFault}. */
  private boolean goesWrong(OutputStream out, int sent) throws IOException {
    return switch (answer.fault().orElse(new ModelFault.Status(0, "", "", 0))) {
      case ModelFault.Hang(int after) when after == sent -> {
        out.flush();
        await(LONGEST_HANG);
        reply.drop();
        yield true;
      }
      case ModelFault.Cut(int after) when after == sent -> {
        out.flush();
        reply.drop();
        yield true;
      }
      case ModelFault.End(int after) when after == sent -> {
        out.close();
        yield true;
      }
      case ModelFault.ErrorEvent(int after, String message) when after == sent -> {
        ObjectNode error = Json.object();
        error.putObject("error").put("message", message).put("type", "server_error");
        event(out, error.toString());
        out.close();
        yield true;
      }
      case ModelFault.Garbage(int after) when after == sent -> {
        event(out, "{\"choices\": [<garbage>");
        out.close();
        yield true;
      }
      case ModelFault.Status _,
          ModelFault.Hang _,
          ModelFault.Cut _,
          ModelFault.End _,
          ModelFault.ErrorEvent _,
          ModelFault.Garbage _ ->
          false;
    };
  }

  /** Waits, but not beyond the end of the server. */
  void await(Duration duration) {
    try {
      closed.await(duration.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void event(OutputStream out, String data) throws IOException {
    out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
  }
}
