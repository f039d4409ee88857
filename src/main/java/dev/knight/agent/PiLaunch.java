package dev.knight.agent;

import dev.knight.bridge.BridgePlan;
import dev.knight.home.KnightHome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How pi is started for a conversation: what it is told, and all that it finds around it. */
final class PiLaunch {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,63}");
  private static final Pattern PROVIDER = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
  private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][\\w./:@+-]{0,199}");

  private final KnightHome home;
  private final AgentSettings settings;
  private final PiDirectory directory;

  PiLaunch(KnightHome home, AgentSettings settings) {
    this.home = home;
    this.settings = settings;
    this.directory = new PiDirectory(home);
  }

  /**
   * What the bridge of {@code request}'s conversation is told.
   *
   * @throws IllegalArgumentException when a name could be taken for something else
   */
  BridgePlan plan(SessionRequest request, Path pi) {
    check(NAME, "conversation", request.name());
    check(PROVIDER, "provider", request.model().provider());
    check(MODEL, "model", request.model().name());
    String name = request.name();
    return new BridgePlan(
        command(request, pi),
        environment(name),
        request.worktree(),
        home.socket(name),
        home.recording(name),
        mark(name));
  }

  /** What only the processes of the conversation {@code name} bear in their environment. */
  String mark(String name) {
    return "PI_CODING_AGENT_DIR=" + directory.path(name);
  }

  /** Whether the living pi was started as {@code plan} and {@code request} want it. */
  boolean isCurrent(BridgePlan plan, SessionRequest request) throws IOException {
    return BridgePlan.read(home.bridge(request.name())).equals(plan)
        && directory.isCurrent(request);
  }

  /** Makes everything that pi and its bridge need. */
  void prepare(BridgePlan plan, SessionRequest request) throws IOException {
    Path bridge = home.make(home.bridge(request.name()));
    for (String own : List.of("home", "tmp")) {
      home.make(bridge.resolve(own));
    }
    home.make(home.sessions(request.name()));
    home.make(home.cache().resolve("node"));
    makeParent(plan.socket());
    makeParent(plan.journal());
    directory.write(request, settings);
    plan.write(bridge);
  }

  private void makeParent(Path file) throws IOException {
    @Nullable Path parent = file.getParent();
    if (parent != null) {
      home.make(parent);
    }
  }

  private List<String> command(SessionRequest request, Path pi) {
    String model = PiDirectory.provider(request.model()) + "/" + request.model().name();
    Stream<String> words =
        Stream.of(
            pi.toString(),
            "--mode",
            "rpc",
            "--session-dir",
            home.sessions(request.name()).toString(),
            "--session-id",
            "knight-" + request.name(),
            "--model",
            model,
            "--thinking",
            settings.thinking(),
            "--tools",
            tools(request.tools()),
            "--no-approve",
            "--no-extensions",
            "--no-skills",
            "--no-prompt-templates",
            "--no-themes",
            "--no-context-files",
            "--offline");
    return words.toList();
  }

  private static String tools(SessionRequest.Tools tools) {
    return switch (tools) {
      case ALL -> "read,bash,edit,write,grep,find,ls";
      case READ_ONLY -> "read,grep,find,ls";
    };
  }

  /** Nothing of the service's own environment but the path. */
  Map<String, String> environment(String name) {
    Path bridge = home.bridge(name);
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("PATH", settings.path());
    variables.put("HOME", bridge.resolve("home").toString());
    variables.put("TMPDIR", bridge.resolve("tmp").toString());
    variables.put("LANG", "C.UTF-8");
    variables.put("PI_CODING_AGENT_DIR", directory.path(name).toString());
    variables.put("PI_OFFLINE", "1");
    variables.put("PI_TELEMETRY", "0");
    variables.put("PI_SKIP_VERSION_CHECK", "1");
    variables.put("NODE_COMPILE_CACHE", home.cache().resolve("node").toString());
    return variables;
  }

  private static void check(Pattern allowed, String what, String word) {
    if (!allowed.matcher(word).matches()) {
      throw new IllegalArgumentException("No name for a " + what + ": " + OneLine.of(word, 100));
    }
  }
}
