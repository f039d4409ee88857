package dev.knight.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knight.pi.PiCodec;
import dev.knight.pi.RecordReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One client of the bridge. What it asks is read on a thread of its own. What it is told is written
 * by whoever tells it, and what it does not take at once, on another; nobody waits for a client
 * that does not read.
 */
final class Connection implements Journal.Reader {
  private final Wire wire;
  private final Path file;
  private final Journal journal;
  private final Bridge bridge;
  private final Outbox outbox;
  private final PiCodec codec = new PiCodec();
  private final Thread writer;

  Connection(Wire wire, Path file, Journal journal, Bridge bridge) {
    this.wire = wire;
    this.outbox = new Outbox(wire::offer);
    this.file = file;
    this.journal = journal;
    this.bridge = bridge;
    this.writer = Thread.ofPlatform().daemon().name("client writer").unstarted(this::write);
  }

  /** Greets, then does what is asked until the client goes. */
  void serve() {
    reply(bridge.hello());
    writer.start();
    try {
      RecordReader requests =
          new RecordReader(Channels.newInputStream(wire), PiCodec.LONGEST_COMMAND + 64 * 1024);
      for (Optional<byte[]> line = requests.next(); line.isPresent(); line = requests.next()) {
        request(line.get());
      }
    } catch (IOException _) {
      cutOff(); // the client went, or sent what no client sends
    } finally {
      cutOff();
    }
  }

  private void request(byte[] line) throws IOException {
    JsonNode request = codec.tree(line);
    String id = request.path("id").asText();
    JsonNode command = request.path("command");
    switch (request.path("op").asText()) {
      case "read" -> outbox.add(new Outbox.Replay(request.path("after").asLong()));
      case "send" -> bridge.send(this, id, command);
      case "prompt" ->
          bridge.prompt(
              this, id, request.path("key").asText(), request.path("attempt").asInt(), command);
      case "steer" ->
          bridge.steer(this, id, request.path("key").asText(), request.path("text").asText());
      case "stop" -> {
        reply(codec.object().put("reply", id).put("stopping", true));
        bridge.stop();
      }
      default -> refuse(id, "unknown op");
    }
  }

  /** Answers; returns at once. */
  void reply(JsonNode reply) {
    if (!outbox.reply(codec.line(reply))) {
      cutOff();
    }
  }

  /** Answers that {@code id} is not done. */
  void refuse(String id, String reason) {
    ObjectNode reply = codec.object().put("reply", id).put("error", reason);
    reply(reply);
  }

  @Override
  public void entry(long seq, byte[] line) {
    if (!outbox.entry(seq, line)) {
      journal.leave(this);
    }
  }

  @Override
  public void live(byte[] line) {
    outbox.live(line);
  }

  private void write() {
    try (OutputStream out = Channels.newOutputStream(wire)) {
      for (Outbox.Item item = outbox.take(); ; item = outbox.take()) {
        switch (item) {
          case Outbox.Line line -> out.write(line.text());
          case Outbox.Replay(long after) -> replay(after, out);
          case Outbox.Goodbye() -> {
            return;
          }
        }
      }
    } catch (IOException _) {
      cutOff(); // the client went
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      journal.leave(this);
    }
  }

  private void replay(long after, OutputStream out) throws IOException {
    try (JournalReader lines = JournalReader.open(file, after)) {
      do {
        for (Optional<byte[]> line = lines.nextLine(); line.isPresent(); line = lines.nextLine()) {
          out.write(line.get());
          out.write('\n');
        }
      } while (!journal.join(this, lines.seen()));
      out.write(codec.line(codec.object().put("caughtUp", lines.seen())));
    }
  }

  /** Lets the client have what it was promised, for at most {@code millis}, and closes. */
  void sayGoodbye(long millis) throws InterruptedException {
    outbox.add(new Outbox.Goodbye());
    writer.join(millis);
    cutOff();
  }

  private void cutOff() {
    journal.leave(this);
    outbox.add(new Outbox.Goodbye());
    try {
      wire.close();
    } catch (IOException _) {
      return; // it is gone either way
    }
  }
}
