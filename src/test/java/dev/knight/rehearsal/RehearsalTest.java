package dev.knight.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knight.job.RepositoryName;
import dev.knight.job.Subject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class RehearsalTest {
  private static final List<String> IMPLEMENT = List.of("read", "bash", "edit", "write");
  private static final List<String> REVIEW = List.of("read", "grep", "find", "ls");

  @TempDir Path directory;

  @Test
  void the_script_mends_the_program_and_the_test_shows_it() throws Exception {
    Path work = checkOut();
    assertThat(sh(work, "test.sh")).isZero();
    assertThat(output(work, "greet.sh")).isEmpty();

    ArrayNode conversation = talk(work, IMPLEMENT, "Task", "Findings of the review");

    assertThat(output(work, "greet.sh")).isEqualTo("Hello, world!\n");
    assertThat(Files.readString(work.resolve("test.sh")))
        .contains("expect \"Hello, world!\" \"$(sh greet.sh)\"\n\nexit $failed");
    assertThat(sh(work, "test.sh")).isZero();
    Files.writeString(work.resolve("greet.sh"), "#!/bin/sh\n");
    assertThat(sh(work, "test.sh")).isNotZero();
    assertThat(block(conversation).path("outcome").asText()).isEqualTo("changed");
  }

  @Test
  void the_review_has_one_finding_until_there_is_a_test() throws Exception {
    Path work = checkOut();

    JsonNode first = block(talk(work, REVIEW, "diff of greet.sh"));
    JsonNode second = block(talk(work, REVIEW, "+expect \"Hello, world!\" \"$(sh greet.sh)\""));

    assertThat(first.path("verdict").asText()).isEqualTo("changes");
    assertThat(first.at("/findings/0/file").asText()).isEqualTo("test.sh");
    assertThat(second.path("verdict").asText()).isEqualTo("approve");
  }

  @Test
  void the_issue_mentions_knight() throws Exception {
    try (StandInGitHub gitHub = StandInGitHub.start(directory.resolve("hub"))) {
      RehearsalWorld.build(gitHub.world());
      Subject issue = RehearsalWorld.openIssue(gitHub.world());

      assertThat(gitHub.world().notifications(RehearsalWorld.KNIGHT))
          .singleElement()
          .matches(told -> told.subject().equals(issue));
    }
  }

  @Test
  void a_world_comes_from_a_file() throws Exception {
    Path files = Files.createDirectories(directory.resolve("files/src"));
    Files.writeString(files.resolve("a.c"), "int a;\n");
    Path world = directory.resolve("world.json");
    Files.writeString(
        world,
        """
        {"tokens": {"s": {"login": "bot", "right": "read"}},
         "repositories": [{"name": "ada/c", "directory": "%s", "branch": "trunk",
                           "permissions": {"bot": "write", "eve": "none"}, "private": true}],
         "issues": [{"repository": "ada/c", "author": "bob", "title": "T", "body": "B"}]}
        """
            .formatted(files.getParent()));

    try (Rehearsal rehearsal =
            Rehearsal.start(
                List.of(
                    "--world", world.toString(),
                    "--directory", directory.resolve("hub").toString()));
        RestClient bot = new RestClient(rehearsal.gitHub(), "s")) {
      RepositoryName name = RepositoryName.parse("ada/c");
      assertThat(rehearsal.gitHub().world().file(name, "trunk", "src/a.c")).hasValue("int a;\n");
      assertThat(bot.get("/repos/ada/c/issues/1").body().path("title").asText()).isEqualTo("T");
    }
  }

  @Test
  void the_weather_comes_from_outside_too() throws Exception {
    String lost = "{\"seed\": 1, \"drop-before\": 1}";
    try (Rehearsal rehearsal =
            Rehearsal.start(
                List.of("--weather", lost, "--directory", directory.resolve("hub").toString()));
        RestClient knight = new RestClient(rehearsal.gitHub(), RehearsalWorld.TOKEN)) {
      String control = rehearsal.gitHub().webUrl() + "/__weather";

      assertThatThrownBy(() -> knight.get("/user")).isInstanceOf(IOException.class);
      assertThat(knight.post(control, "{\"server-error\": 1}").status()).isEqualTo(200);
      assertThat(knight.get("/user").status()).isEqualTo(502);
      assertThat(knight.post(control, "{\"read-lag-ms\": 5000}").status()).isEqualTo(200);
      assertThat(knight.get("/user").status()).isEqualTo(200);
    }
  }

  @Test
  void a_wrong_argument_is_told() {
    assertThatThrownBy(() -> Rehearsal.start(List.of("--port", "x")))
        .hasMessage("--port needs a number, not 'x'");
    assertThatThrownBy(() -> Rehearsal.start(List.of("--nonsense", "1")))
        .hasMessageContaining("--nonsense");
  }

  @Test
  void faults_and_the_log_are_within_reach_from_outside() throws Exception {
    try (Rehearsal rehearsal =
            Rehearsal.start(List.of("--directory", directory.resolve("hub").toString()));
        RestClient ada = new RestClient(rehearsal.gitHub(), RehearsalWorld.MAINTAINER_TOKEN)) {
      String web = rehearsal.gitHub().webUrl().toString();
      ada.post(web + "/__faults", "{\"kind\":\"bad-gateway\",\"path\":\"/user\"}");
      assertThat(ada.get("/user").status()).isEqualTo(502);
      ada.post("/repos/ada/greet/issues", "{\"title\":\"T\",\"body\":\"@sir-knight go\"}");

      assertThat(ada.get(web + "/__requests").body().findValuesAsText("status"))
          .containsExactly("502", "201");
      assertThat(ada.get(web + "/__notifications?login=sir-knight").body()).hasSize(1);
    }
  }

  private Path checkOut() throws IOException {
    Path work = Files.createDirectories(directory.resolve("work"));
    try (StandInGitHub gitHub = StandInGitHub.start(directory.resolve("hub"))) {
      World world = gitHub.world();
      RehearsalWorld.build(world);
      for (String path : world.paths(RehearsalWorld.REPOSITORY, "main")) {
        Files.writeString(
            work.resolve(path), world.file(RehearsalWorld.REPOSITORY, "main", path).orElseThrow());
      }
    }
    return work;
  }

  /** Plays the agent: each prompt until the model calls no more tools. */
  private static ArrayNode talk(Path work, List<String> tools, String... prompts)
      throws IOException {
    ArrayNode messages = Json.array();
    for (String prompt : prompts) {
      messages.addObject().put("role", "user").put("content", prompt);
      boolean working = true;
      while (working) {
        ModelAnswer answer = RehearsalScript.atOnce().apply(request(messages, tools));
        messages.addObject().put("role", "assistant").put("content", answer.text());
        for (ModelAnswer.ToolCall call : answer.toolCalls()) {
          assertThat(tools).contains(call.name());
          use(work, call);
          messages.addObject().put("role", "tool").put("content", "done");
        }
        working = !answer.toolCalls().isEmpty();
      }
    }
    return messages;
  }

  private static void use(Path work, ModelAnswer.ToolCall call) throws IOException {
    if (call.name().equals("edit")) {
      Path file = work.resolve(call.arguments().path("path").asText());
      JsonNode edit = call.arguments().at("/edits/0");
      String before = Files.readString(file);
      assertThat(before).containsOnlyOnce(edit.path("oldText").asText());
      Files.writeString(
          file, before.replace(edit.path("oldText").asText(), edit.path("newText").asText()));
    }
  }

  private static ModelRequest request(ArrayNode messages, List<String> tools) {
    ObjectNode body = Json.object().put("model", ScriptedModel.MODEL);
    body.set("messages", messages);
    for (String tool : tools) {
      body.withArray("tools").addObject().putObject("function").put("name", tool);
    }
    return ModelRequest.of("", body);
  }

  private static JsonNode block(ArrayNode conversation) {
    String last = conversation.path(conversation.size() - 1).path("content").asText();
    String json = last.substring(last.indexOf("```json") + 7, last.lastIndexOf("```"));
    return Json.read(json);
  }

  private static int sh(Path work, String script) throws Exception {
    return new ProcessBuilder("sh", script)
        .directory(work.toFile())
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private static String output(Path work, String script) throws Exception {
    Process process = new ProcessBuilder("sh", script).directory(work.toFile()).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
