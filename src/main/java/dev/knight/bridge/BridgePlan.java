package dev.knight.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knight.pi.PiCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a bridge is told to do: {@code bridge.json} in its directory.
 *
 * @param command how pi is started
 * @param environment all that pi, or the jail around it, finds in its environment; nothing is
 *     inherited
 * @param directory where pi, or the jail around it, is started
 * @param view what pi is and all that it sees, in words: who comes back compares it
 * @param socket where the bridge listens
 * @param journal what pi did, kept
 * @param mark one {@code NAME=value} of the environment that no other process on the machine has:
 *     what still bears it when pi has ended is ended too
 */
public record BridgePlan(
    List<String> command,
    Map<String, String> environment,
    Path directory,
    String view,
    Path socket,
    Path journal,
    String mark) {
  private static final String FILE = "bridge.json";

  /** Keeps its own copies. */
  public BridgePlan {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /** The plan in {@code bridge}, the bridge's directory. */
  public static BridgePlan read(Path bridge) throws IOException {
    JsonNode node = new PiCodec().tree(Files.readAllBytes(bridge.resolve(FILE)));
    List<String> command = new ArrayList<>();
    node.path("command").forEach(word -> command.add(word.asText()));
    Map<String, String> environment = new LinkedHashMap<>();
    node.path("environment")
        .properties()
        .forEach(entry -> environment.put(entry.getKey(), entry.getValue().asText()));
    return new BridgePlan(
        command,
        environment,
        path(node, "directory"),
        node.path("view").asText(),
        path(node, "socket"),
        path(node, "journal"),
        node.path("mark").asText());
  }

  /** Keeps it in {@code bridge}, readable by nobody else. */
  public void write(Path bridge) throws IOException {
    PiCodec codec = new PiCodec();
    ObjectNode node = codec.object();
    ArrayNode words = node.putArray("command");
    command.forEach(words::add);
    ObjectNode variables = node.putObject("environment");
    environment.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> variables.put(entry.getKey(), entry.getValue()));
    node.put("directory", directory.toString());
    node.put("view", view);
    node.put("socket", socket.toString());
    node.put("journal", journal.toString());
    node.put("mark", mark);
    Path file = bridge.resolve(FILE);
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(file, codec.line(node));
  }

  private static Path path(JsonNode node, String name) throws IOException {
    String path = node.path(name).asText();
    if (path.isEmpty()) {
      throw new IOException(FILE + " does not say its " + name);
    }
    return Path.of(path);
  }
}
