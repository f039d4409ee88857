package dev.knight.agent;

import dev.knight.bridge.BridgePlan;
import dev.knight.home.KnightHome;
import dev.knight.sandbox.Cell;
import dev.knight.sandbox.Doors;
import dev.knight.sandbox.Installation;
import dev.knight.sandbox.Mount;
import dev.knight.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How pi is started for a conversation: what it is told, and all that it finds around it. */
final class PiLaunch {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,63}");
  private static final Pattern PROVIDER = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
  private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][\\w./:@+-]{0,199}");

  /** Its home, as it sees it. */
  private static final Path HOME = Path.of("/home/agent");

  private final KnightHome home;
  private final AgentSettings settings;
  private final Sandbox sandbox;
  private final PiDirectory directory;

  PiLaunch(KnightHome home, AgentSettings settings, Sandbox sandbox) {
    this.home = home;
    this.settings = settings;
    this.sandbox = sandbox;
    this.directory = new PiDirectory(home);
  }

  /**
   * The pi of {@code request}'s conversation, and all that it sees.
   *
   * @throws IllegalArgumentException when a name could be taken for something else
   */
  Cell cell(SessionRequest request, Path pi) throws IOException {
    check(NAME, "conversation", request.name());
    check(PROVIDER, "provider", request.model().provider());
    check(MODEL, "model", request.model().name());
    String name = request.name();
    if (sandbox.isNone()) {
      return new Cell(
          command(request, pi), request.worktree(), free(name), List.of(), home.cell(name));
    }
    Path node = PiExecutable.node(pi, settings);
    List<Mount> mounts = programs(pi, node);
    mounts.add(Mount.readOnly(compiled()));
    mounts.addAll(request.mounts());
    mounts.add(
        switch (request.tools()) {
          case ALL -> Mount.writable(request.worktree());
          case READ_ONLY -> Mount.readOnly(request.worktree());
        });
    mounts.add(Mount.writable(directory.path(name)));
    mounts.add(Mount.writable(home.sessions(name)));
    mounts.add(new Mount(Mount.Access.WRITABLE, ownHome(name), HOME));
    mounts.add(Doors.mount(home.doors(name)));
    Map<String, String> environment = confined(node);
    environment.put("PI_CODING_AGENT_DIR", directory.path(name).toString());
    environment.putAll(Doors.proxy());
    return new Cell(
        command(request, pi.toRealPath()),
        request.worktree(),
        environment,
        mounts,
        home.cell(name));
  }

  /**
   * A pi that only says which one it is. It may write what Node keeps of pi's own sources; no agent
   * may, since every pi runs what lies there.
   */
  Cell check(Path pi) throws IOException {
    Path files = home.make(home.cache().resolve("check"));
    List<String> program = List.of(pi.toString(), "--version");
    home.make(compiled());
    if (sandbox.isNone()) {
      return new Cell(program, files, free("check"), List.of(), files);
    }
    Path doors = home.make(files.resolve("door"));
    Doors.prepare(doors);
    Path node = PiExecutable.node(pi, settings);
    List<Mount> mounts = programs(pi, node);
    mounts.add(Mount.writable(compiled()));
    mounts.add(Doors.mount(doors));
    Map<String, String> environment = confined(node);
    environment.put("KNIGHT_FORWARD", "say");
    return new Cell(
        List.of(pi.toRealPath().toString(), "--version"),
        Path.of("/tmp"),
        environment,
        mounts,
        home.make(files.resolve("cell")));
  }

  /** What only the processes of the conversation {@code name} bear in their environment. */
  String mark(String name) {
    return "PI_CODING_AGENT_DIR=" + directory.path(name);
  }

  /** Whether the living pi was started as {@code cell} and {@code request} want it. */
  boolean isCurrent(Cell cell, SessionRequest request) throws IOException {
    return BridgePlan.read(home.bridge(request.name())).view().equals(view(cell, request));
  }

  /** Makes everything that pi and its bridge need. */
  void prepare(Cell cell, SessionRequest request) throws IOException {
    String name = request.name();
    Path bridge = home.make(home.bridge(name));
    home.make(ownHome(name));
    home.make(bridge.resolve("tmp"));
    home.make(home.sessions(name));
    home.make(compiled());
    home.make(cell.files());
    if (!sandbox.isNone()) {
      Doors.prepare(home.make(home.doors(name)));
    }
    makeParent(home.socket(name));
    makeParent(home.recording(name));
    directory.write(request, settings);
    new BridgePlan(
            sandbox.command(cell),
            cell.environment(),
            sandbox.isNone() ? cell.directory() : cell.files(),
            view(cell, request),
            home.socket(name),
            home.recording(name),
            mark(name))
        .write(bridge);
  }

  /** Holds no secret: it is on the disk, and may be shown. */
  private String view(Cell cell, SessionRequest request) throws IOException {
    return "%s %s in %s with %s, sees %s, models %s"
        .formatted(
            sandbox.name(),
            cell.program(),
            cell.directory(),
            new TreeMap<>(cell.environment()),
            cell.mounts(),
            directory.fingerprint(request));
  }

  /**
   * Whether Node has kept of pi's sources what each pi starts sooner with: {@link #check} lets it.
   */
  boolean isCompiled() throws IOException {
    try (DirectoryStream<Path> kept = Files.newDirectoryStream(compiled())) {
      return kept.iterator().hasNext();
    }
  }

  private Path compiled() {
    return home.cache().resolve("node");
  }

  private Path ownHome(String name) {
    return home.bridge(name).resolve("home");
  }

  private List<Mount> programs(Path pi, Path node) throws IOException {
    List<Path> hidden = List.of(home.root(), Path.of(System.getProperty("user.home")));
    List<Mount> mounts = new ArrayList<>(Installation.of(pi, hidden).mounts());
    Installation.of(node, hidden).mounts().stream()
        .filter(mount -> !mounts.contains(mount))
        .forEach(mounts::add);
    return mounts;
  }

  private void makeParent(Path file) throws IOException {
    @Nullable Path parent = file.getParent();
    if (parent != null) {
      home.make(parent);
    }
  }

  /** What pi calls the conversation {@code name}. */
  static String session(String name) {
    return "knight-" + name;
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
            session(request.name()),
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

  /** Without a jail. Nothing of the service's own environment but the path. */
  private Map<String, String> free(String name) {
    Path bridge = home.bridge(name);
    Map<String, String> variables = common(settings.path());
    variables.put("HOME", ownHome(name).toString());
    variables.put("TMPDIR", bridge.resolve("tmp").toString());
    variables.put("PI_CODING_AGENT_DIR", directory.path(name).toString());
    return variables;
  }

  /** In a jail, where Node forwards to the doors before pi begins. */
  private Map<String, String> confined(Path node) {
    Map<String, String> variables = common(settings.path() + ":" + node.getParent());
    variables.put("HOME", HOME.toString());
    variables.put("USER", "agent");
    variables.put("TMPDIR", "/tmp");
    variables.put("NODE_OPTIONS", "--import=" + Doors.forwarder());
    return variables;
  }

  private Map<String, String> common(String path) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("PATH", path);
    variables.put("LANG", "C.UTF-8");
    variables.put("PI_OFFLINE", "1");
    variables.put("PI_TELEMETRY", "0");
    variables.put("PI_SKIP_VERSION_CHECK", "1");
    variables.put("NODE_COMPILE_CACHE", compiled().toString());
    return variables;
  }

  private static void check(Pattern allowed, String what, String word) {
    if (!allowed.matcher(word).matches()) {
      throw new IllegalArgumentException("No name for a " + what + ": " + OneLine.of(word, 100));
    }
  }
}
