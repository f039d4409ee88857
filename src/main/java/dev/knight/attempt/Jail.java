package dev.knight.attempt;

import dev.knight.egress.EgressProxy;
import dev.knight.egress.JobNetwork;
import dev.knight.git.AgentRepository;
import dev.knight.git.Worktree;
import dev.knight.home.KnightHome;
import dev.knight.job.UnavailableException;
import dev.knight.sandbox.Cell;
import dev.knight.sandbox.Doors;
import dev.knight.sandbox.Installation;
import dev.knight.sandbox.Mount;
import dev.knight.sandbox.Relay;
import dev.knight.sandbox.Sandbox;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the jails of a job are furnished: what they see of git, and which doors they have. */
public final class Jail {
  private static final Path HOME = Path.of("/home/agent");

  private final Sandbox sandbox;
  private final KnightHome home;
  private final EgressProxy egress;
  private final Node node;

  /** Where the Node is that forwards to the doors. */
  public interface Node {
    /** Looks for it. */
    Path find() throws IOException;
  }

  /**
   * Nothing is opened yet.
   *
   * @param node is looked for when it is first needed
   */
  public Jail(Sandbox sandbox, KnightHome home, EgressProxy egress, Node node) {
    this.sandbox = sandbox;
    this.home = home;
    this.egress = egress;
    this.node = node;
  }

  /** Whether nothing is confined. */
  boolean isNone() {
    return sandbox.isNone();
  }

  /** What is seen of the repository that {@code worktree} is of. */
  List<Mount> git(Worktree worktree) {
    if (sandbox.isNone()) {
      return List.of();
    }
    AgentRepository repository = worktree.repository();
    return List.of(
        new Mount(Mount.Access.WRITABLE, repository.directory(), repository.place()),
        new Mount(Mount.Access.READ_ONLY, repository.objects(), repository.borrowed()));
  }

  /** Where {@code gateway} is for whoever asks the model from inside. */
  URI model(URI gateway) {
    return sandbox.isNone() ? gateway : Doors.modelInside(gateway);
  }

  /**
   * Opens the doors of {@code name}, a conversation or a job's commands.
   *
   * @param gateway where the model is asked, outside; for commands there is none
   * @param network what else is reached
   */
  Doors open(String name, Optional<URI> gateway, JobNetwork network) {
    if (sandbox.isNone()) {
      return Doors.none();
    }
    try {
      Path directory = home.make(home.doors(name));
      return Doors.open(
          directory,
          gateway.map(address -> new Relay(address.getPort())),
          connection -> egress.serve(connection, network));
    } catch (IOException failed) {
      throw new UnavailableException("The doors of the sandbox cannot be opened.", failed);
    }
  }

  /** Shuts {@code doors}. */
  static void shut(Doors doors) {
    try {
      doors.close();
    } catch (IOException failed) {
      throw new UnavailableException("The doors of the sandbox cannot be shut.", failed);
    }
  }

  /**
   * The process that runs {@code command} of the repository by the shell.
   *
   * @param name whose doors it has
   * @param commandHome its {@code HOME}, kept for the repository's next job
   * @param environment what it finds besides {@code HOME} and {@code TMPDIR}
   */
  ProcessBuilder shell(
      String name,
      String command,
      Worktree worktree,
      Path commandHome,
      Map<String, String> environment)
      throws IOException {
    List<String> program = List.of("/bin/sh", "-c", command);
    Cell cell =
        sandbox.isNone()
            ? free(program, worktree, commandHome, environment)
            : confined(name, program, worktree, commandHome, environment);
    ProcessBuilder builder =
        new ProcessBuilder(sandbox.command(cell)).directory(worktree.path().toFile());
    builder.environment().clear();
    builder.environment().putAll(cell.environment());
    return builder;
  }

  private Cell free(
      List<String> program, Worktree worktree, Path commandHome, Map<String, String> environment) {
    Map<String, String> variables = new LinkedHashMap<>(environment);
    variables.put("HOME", commandHome.toString());
    variables.put("TMPDIR", commandHome.toString());
    return new Cell(program, worktree.path(), variables, List.of(), commandHome);
  }

  private Cell confined(
      String name,
      List<String> program,
      Worktree worktree,
      Path commandHome,
      Map<String, String> environment)
      throws IOException {
    List<Path> hidden = List.of(home.root(), Path.of(System.getProperty("user.home")));
    Installation forwarder = Installation.of(node.find(), hidden);
    List<String> words = new ArrayList<>();
    words.add(forwarder.program().toString());
    words.add(Doors.forwarder().toString());
    words.addAll(program);
    List<Mount> mounts = new ArrayList<>(forwarder.mounts());
    mounts.addAll(git(worktree));
    mounts.add(Mount.writable(worktree.path()));
    mounts.add(new Mount(Mount.Access.WRITABLE, commandHome, HOME));
    mounts.add(Doors.mount(home.doors(name)));
    Map<String, String> variables = new LinkedHashMap<>(environment);
    variables.put("HOME", HOME.toString());
    variables.put("USER", "agent");
    variables.put("TMPDIR", "/tmp");
    variables.putAll(Doors.proxy());
    return new Cell(words, worktree.path(), variables, mounts, home.make(home.cell(name)));
  }
}
