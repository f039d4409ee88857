package dev.knight.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.knight.job.RepositoryName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A world in a JSON file.
 *
 * <pre>{@code
 * {"tokens": {"secret": {"login": "sir-knight", "right": "write"}},
 *  "repositories": [
 *    {"name": "ada/engine", "files": {"README.md": "# Engine"}, "private": false,
 *     "permissions": {"sir-knight": "write"}},
 *    {"name": "ada/big", "directory": "/srv/big", "branch": "main"}],
 *  "issues": [{"repository": "ada/engine", "author": "ada", "title": "Broken", "body": "…"}]}
 * }</pre>
 *
 * Accounts are made as they are named.
 */
final class WorldFile {
  private final World world;

  private WorldFile(World world) {
    this.world = world;
  }

  /** Puts what the file says into a world. */
  static void load(Path file, World world) throws IOException {
    JsonNode json = Json.read(Files.readAllBytes(file));
    new WorldFile(world).build(json);
  }

  private void build(JsonNode json) {
    for (Map.Entry<String, JsonNode> token : json.path("tokens").properties()) {
      String login = token.getValue().path("login").asText();
      world.addUser(login);
      String right = token.getValue().path("right").asText("write").toUpperCase(Locale.ROOT);
      world.addToken(token.getKey(), login, TokenRight.valueOf(right));
    }
    json.path("repositories").forEach(this::repository);
    for (JsonNode issue : json.path("issues")) {
      String author = issue.path("author").asText();
      world.addUser(author);
      world.openIssue(
          RepositoryName.parse(issue.path("repository").asText()),
          author,
          issue.path("title").asText(),
          issue.path("body").asText());
    }
  }

  private void repository(JsonNode json) {
    RepositoryName name = RepositoryName.parse(json.path("name").asText());
    if (json.has("directory")) {
      Path directory = Path.of(json.path("directory").asText());
      world.addRepository(name, directory, json.path("branch").asText("main"));
    } else {
      Map<String, String> files = new HashMap<>();
      json.path("files")
          .properties()
          .forEach(one -> files.put(one.getKey(), one.getValue().asText()));
      world.addRepository(name, files);
    }
    world.setPrivate(name, json.path("private").asBoolean(false));
    for (Map.Entry<String, JsonNode> permission : json.path("permissions").properties()) {
      world.addUser(permission.getKey());
      String word = permission.getValue().asText().toUpperCase(Locale.ROOT);
      world.permit(name, permission.getKey(), Permission.valueOf(word));
    }
  }
}
