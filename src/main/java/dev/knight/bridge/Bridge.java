package dev.knight.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knight.pi.PiCodec;
import dev.knight.pi.PiCommand;
import dev.knight.pi.PiEvent;
import dev.knight.pi.PiRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/** Between pi on one side, the journal and the clients on the other. */
final class Bridge {
  /** The commands that go through as they are; what writes files or runs commands does not. */
  private static final Set<String> PASSED =
      Set.of(
          "abort",
          "clear_queue",
          "get_state",
          "get_session_stats",
          "get_last_assistant_text",
          "get_commands");

  /** The version of what is said on the socket: since 2, what pi is told has a key. */
  static final int PROTOCOL = 2;

  /** What pi says of a prompt is short, unless it is wrong. */
  private static final int LONGEST_ANSWER = 4096;

  /** Live records above this are not for watching. */
  private static final int LONGEST_LIVE = 256 * 1024;

  private static final byte[] LIVE = "{\"live\":".getBytes(StandardCharsets.UTF_8);

  private final PiProcess pi;
  private final Journal journal;
  private final PiCodec codec = new PiCodec();
  private final EntryCodec entries = new EntryCodec();
  private final Recording recording = new Recording(codec);
  private final Map<String, Waiting> waiting = new HashMap<>();
  private final Map<Prompt, Long> asked = new HashMap<>();
  private long commands;
  private boolean running;
  private boolean prompted;
  private boolean stopping;

  /** How much pi was told and has not answered yet. */
  private int unanswered;

  /** Whether pi may have something in its queue that it was told for the run that is active. */
  private boolean queued;

  private boolean emptying;

  /** What is asked once pi's queue is empty, while it is being emptied. */
  private final Queue<Runnable> afterwards = new ArrayDeque<>();

  /** What a response of pi's is for. */
  private sealed interface Waiting {}

  /** A client asked, and called it {@code id}. */
  private record Client(Connection connection, String id) implements Waiting {}

  /** A prompt, told from others. */
  private record Prompt(String key, int attempt) implements Waiting {}

  /** The same as for a {@link Client} that told pi something while it works. */
  private record Steer(Client client) implements Waiting {}

  /** The bridge itself, which took back what pi had not taken. */
  private record Emptying() implements Waiting {}

  Bridge(PiProcess pi, Journal journal) {
    this.pi = pi;
    this.journal = journal;
  }

  /** Deals with one line from pi. Never waits for anybody. */
  void said(byte[] line) {
    try {
      String type = codec.type(line);
      if (type.equals("response")) {
        answered(codec.tree(line));
        return;
      }
      switch (recording.fate(type)) {
        case KEPT -> keep(type, recording.shortened(type, line));
        case LIVE -> pass(line);
        case DROPPED -> {}
      }
    } catch (IOException e) {
      journal.append(
          entries.garbled(String.valueOf(e.getMessage()).lines().findFirst().orElse("")));
    }
  }

  private synchronized void keep(String type, JsonNode record) {
    switch (type) {
      case "agent_start" -> running = true;
      case "agent_settled" -> {
        running = false;
        prompted = false;
        empty();
      }
      case "extension_ui_request" -> dismiss(codec.decode(record));
      default -> {}
    }
    ObjectNode fact = entries.said(record);
    if (type.equals("agent_settled")) {
      journal.appendForGood(fact);
    } else {
      journal.append(fact);
    }
  }

  /** Nobody sits there to answer, and pi would wait for ever. */
  private void dismiss(PiRecord record) {
    if (record instanceof PiEvent.Dialog dialog && dialog.wantsAnswer()) {
      pi.write(codec.line(codec.encode(dialog.id(), new PiCommand.CancelDialog(dialog.id()))));
    }
  }

  private void pass(byte[] line) {
    if (line.length <= LONGEST_LIVE) {
      ByteBuffer live = ByteBuffer.allocate(LIVE.length + line.length + 2);
      live.put(LIVE).put(line).put((byte) '}').put((byte) '\n');
      journal.pass(live.array());
    }
  }

  private synchronized void answered(JsonNode response) {
    switch (waiting.remove(response.path("id").asText())) {
      case Client client -> reply(client, response);
      case Steer(Client client) -> {
        unanswered--;
        reply(client, response);
        empty();
      }
      case Emptying _ -> {
        while (!afterwards.isEmpty()) {
          afterwards.remove().run();
        }
        emptying = false;
      }
      case Prompt(String key, int attempt) -> {
        prompted = response.at("/data/disposition").asText().equals("started");
        JsonNode kept = recording.shortened(response, LONGEST_ANSWER);
        journal.append(entries.answered(key, attempt, kept));
      }
      case null -> journal.append(entries.said(recording.shortened(response, LONGEST_ANSWER)));
    }
  }

  private void reply(Client client, JsonNode response) {
    client.connection().reply(codec.object().put("reply", client.id()).set("response", response));
  }

  /**
   * What pi has not taken when its run settles, it would keep for the next one, which may be about
   * something else: whoever told it looks whether it was taken, and tells it again. Not before pi
   * has answered what it was told last, since it may do the second thing first.
   */
  private void empty() {
    if (!running && queued && unanswered == 0) {
      queued = false;
      emptying = true;
      forward(new Emptying(), codec.encode("", new PiCommand.ClearQueue()));
    }
  }

  /** Passes the client's {@code command} on under a number of the bridge's own. */
  synchronized void send(Connection client, String id, JsonNode command) {
    if (!PASSED.contains(command.path("type").asText())) {
      client.refuse(id, "not passed on: " + command.path("type").asText());
      return;
    }
    forward(new Client(client, id), command);
  }

  /**
   * Asks pi, unless that was asked already: the journal knows first, then pi. A second prompt
   * beside the first one would be lost.
   */
  synchronized void prompt(
      Connection client, String id, String key, int attempt, JsonNode command) {
    Prompt prompt = new Prompt(key, attempt);
    Long before = asked.get(prompt);
    if (before != null) {
      client.reply(codec.object().put("reply", id).put("duplicate", before));
      return;
    }
    if (running || prompted) {
      client.refuse(id, "busy");
      return;
    }
    long seq = journal.appendForGood(entries.prompted(key, attempt));
    asked.put(prompt, seq);
    prompted = true;
    if (queued || emptying) {
      afterwards.add(() -> forward(prompt, command));
    } else {
      forward(prompt, command);
    }
    client.reply(codec.object().put("reply", id).put("prompted", seq));
  }

  /** Tells pi something while it works. To an idle one it would be a prompt that nobody awaits. */
  synchronized void steer(Connection client, String id, String key, String text) {
    if (!running) {
      client.refuse(id, "idle");
      return;
    }
    PiCommand.Steer steer = new PiCommand.Steer(text);
    journal.append(entries.steered(key, Recording.cut(steer.message(), Recording.LONGEST_TEXT)));
    queued = true;
    unanswered++;
    forward(new Steer(new Client(client, id)), codec.encode(id, steer));
  }

  private void forward(Waiting who, JsonNode command) {
    String id = "k-" + ++commands;
    waiting.put(id, who);
    ObjectNode numbered = codec.object().put("id", id);
    command.properties().stream()
        .filter(field -> !field.getKey().equals("id"))
        .forEach(field -> numbered.set(field.getKey(), field.getValue()));
    pi.write(codec.line(numbered));
  }

  /** Ends pi, which ends the bridge; returns at once. */
  synchronized void stop() {
    if (stopping) {
      return;
    }
    stopping = true;
    if (queued) {
      // pi would put it into its history as it ends, and not say so.
      forward(new Emptying(), codec.encode("", new PiCommand.ClearQueue()));
    }
    Thread.ofPlatform().daemon().name("stop").start(this::endPi);
  }

  private void endPi() {
    try {
      pi.end();
    } catch (IOException e) {
      journal.append(entries.garbled("pi could not be ended: " + e.getMessage()));
    }
  }

  /** What a client is told first. */
  ObjectNode hello() {
    return codec
        .object()
        .put("bridge", PROTOCOL)
        .put("pid", ProcessHandle.current().pid())
        .put("pi", pi.pid())
        .put("last", journal.last());
  }
}
