package dev.knight.systemd;

import dev.knight.home.KnightHome;
import dev.knight.home.OtherProgram.Ended;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.UnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code knight.service} of one systemd: written, started, asked and taken away. */
public final class KnightUnit {
  private static final String NAME = "knight.service";
  private static final Duration QUICK = Duration.ofSeconds(60);

  /** Longer than systemd itself waits, by what the unit says. */
  private static final Duration START = Duration.ofMinutes(8);

  private static final int LINES_OF_A_FAILURE = 20;

  private final Manager manager;
  private final KnightHome home;
  private final List<String> program;
  private final Map<String, String> environment;
  private final Path root;
  private final Accounts accounts;
  private final Command command;

  /**
   * The unit of {@code manager} on this machine.
   *
   * @param home whose service it is, unless it runs as another account
   * @param program the words to which the arguments of knight are appended
   * @param environment of the caller
   */
  public KnightUnit(
      Manager manager, KnightHome home, List<String> program, Map<String, String> environment) {
    this(manager, home, program, environment, Path.of("/"));
  }

  /**
   * As above.
   *
   * @param root where the machine's own files lie
   */
  public KnightUnit(
      Manager manager,
      KnightHome home,
      List<String> program,
      Map<String, String> environment,
      Path root) {
    this.manager = manager;
    this.home = home;
    this.program = List.copyOf(program);
    this.environment = Map.copyOf(environment);
    this.root = root;
    this.command = new Command(environment);
    this.accounts = new Accounts(command);
  }

  /**
   * What has been installed.
   *
   * @param file the unit
   * @param kept where an earlier unit of other words lies now
   * @param serves whose home
   * @param isChanged whether a service that runs has to be started again to have it
   * @param stopsAtLogout whether the service ends when its user logs out
   */
  public record Installed(
      Path file,
      Optional<Path> kept,
      KnightHome serves,
      boolean isChanged,
      boolean stopsAtLogout) {}

  /** Whose it is. */
  public Manager manager() {
    return manager;
  }

  /** Where the unit is, or belongs. */
  public Path file() {
    return switch (manager) {
      case USER -> Path.of(configurations(), "systemd", "user", NAME);
      case SYSTEM -> root.resolve("etc/systemd/system").resolve(NAME);
    };
  }

  /** Whether there is one. */
  public boolean isInstalled() {
    return Files.exists(file());
  }

  /**
   * Writes the unit and has it start with the machine; a service that runs is not disturbed.
   *
   * @param config the file that the service reads instead of its home's
   * @param as the account that it runs as, where the manager is the machine's
   * @throws MisconfiguredException when there is no such systemd, or it does not obey this user
   */
  public Installed install(Optional<Path> config, Optional<String> as) {
    demandManager();
    Optional<Account> account = account(as);
    KnightHome serves = account.map(this::homeOf).orElse(home);
    String text = text(config, account, serves).text();
    Optional<String> before = read();
    Optional<Path> kept = before.filter(it -> !it.equals(text)).flatMap(this::keep);
    write(text);
    tell("daemon-reload");
    tell("enable", NAME);
    boolean isChanged = before.isPresent() && !before.get().equals(text);
    return new Installed(file(), kept, serves, isChanged, stopsAtLogout());
  }

  /** Ends the service and takes its unit away; the home stays, and agents at work go on. */
  public void uninstall() {
    demandUnit();
    tell("disable", "--now", NAME);
    try {
      Files.deleteIfExists(file());
    } catch (IOException stays) {
      throw unwritable(stays);
    }
    tell("daemon-reload");
  }

  /**
   * Starts the service, again if it runs, and returns once it serves.
   *
   * @throws MisconfiguredException when the service says that somebody has to mend something
   * @throws UnavailableException when it does not start for another reason
   */
  public void restart() {
    demandUnit();
    // What failed too often a moment ago may be tried again by a person; otherwise it says nothing.
    run(QUICK, List.of("reset-failed", NAME));
    Ended result = run(START, List.of("restart", NAME));
    if (!result.isGood()) {
      throw notStarted(result);
    }
  }

  /** Ends the service; agents at work go on, and the next start finds them. */
  public void stop() {
    demandUnit();
    tell("stop", NAME);
  }

  /** What systemd says of it. */
  public UnitState state() {
    demandUnit();
    return UnitState.of(tell("show", NAME, "--property=" + UnitState.PROPERTIES));
  }

  /** Whether the unit starts the same knight as the one that asks. */
  public boolean isOwn() {
    String start = UnitText.start(program) + " ";
    return read().filter(text -> text.lines().anyMatch(line -> line.startsWith(start))).isPresent();
  }

  /** Whose home the unit serves. */
  public KnightHome serves() {
    return read()
        .flatMap(text -> new WrittenUnit(text).home())
        .filter(path -> path.startsWith("/"))
        .map(path -> new KnightHome(Path.of(path)))
        .orElse(home);
  }

  /** Whether the service ends when its user logs out. */
  public boolean stopsAtLogout() {
    return switch (manager) {
      case USER -> !lingers();
      case SYSTEM -> false;
    };
  }

  /**
   * Shows what the service logged, on the caller's own terminal.
   *
   * @param lines how many
   * @param follow whether to go on until the caller ends it
   * @return the exit code
   */
  public int logs(int lines, boolean follow) {
    List<String> words = new ArrayList<>(List.of("journalctl"));
    words.addAll(manager.words());
    words.addAll(List.of("--unit", NAME, "--lines", Integer.toString(lines)));
    if (follow) {
      words.add("--follow");
    }
    try {
      return command.show(words);
    } catch (IOException none) {
      throw new MisconfiguredException(
          "The journal cannot be read here: read %s".formatted(home.log().resolve("knight.log")),
          none);
    }
  }

  private UnitText text(Optional<Path> config, Optional<Account> account, KnightHome serves) {
    List<String> words = new ArrayList<>(program);
    words.add("serve");
    config.ifPresent(file -> words.addAll(List.of("--config", file.toAbsolutePath().toString())));
    SequencedMap<String, String> variables = new LinkedHashMap<>();
    variables.put("KNIGHT_HOME", serves.root().toString());
    // A service does not see what a shell's start-up files add: pi, git and bwrap may be there.
    variables.put("PATH", path());
    List<String> writable =
        account.stream()
            .flatMap(it -> Stream.of(it.home().toString(), serves.root().toString()))
            .distinct()
            .collect(Collectors.toCollection(ArrayList::new));
    writable.addAll(List.of("/tmp", "/var/tmp"));
    return new UnitText(manager, words, variables, account, writable);
  }

  private String path() {
    return Stream.of(environment.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin").split(":"))
        .filter(directory -> directory.startsWith("/"))
        .filter(directory -> isForTheService(Path.of(directory)))
        .distinct()
        .collect(Collectors.joining(":"));
  }

  /** What root has at home is not for another account. */
  private boolean isForTheService(Path directory) {
    return switch (manager) {
      case USER -> true;
      case SYSTEM -> !directory.startsWith(environment.getOrDefault("HOME", "/root"));
    };
  }

  private Optional<Account> account(Optional<String> as) {
    return switch (manager) {
      case USER -> {
        if (as.isPresent()) {
          throw new IllegalArgumentException("--as goes with --system");
        }
        yield Optional.empty();
      }
      case SYSTEM -> {
        String name =
            as.or(() -> Optional.ofNullable(environment.get("SUDO_USER")))
                .orElseThrow(() ->
                    new IllegalArgumentException(
                        "Say with --as ACCOUNT whose rights the service shall have; an account"
                            + " of its own is best: sudo useradd --create-home knight"));
        yield Optional.of(accounts.named(name));
      }
    };
  }

  /** Root's own home is nobody else's. */
  private KnightHome homeOf(Account account) {
    return environment.getOrDefault("KNIGHT_HOME", "").isBlank()
        ? new KnightHome(account.home().resolve(".knight"))
        : home;
  }

  private String configurations() {
    String named = environment.getOrDefault("XDG_CONFIG_HOME", "");
    return named.startsWith("/")
        ? named
        : Path.of(environment.getOrDefault("HOME", System.getProperty("user.home", "/")), ".config")
            .toString();
  }

  private boolean lingers() {
    String user = System.getProperty("user.name", "");
    try {
      List<String> words = List.of("loginctl", "show-user", user, "--property=Linger");
      return command.run(QUICK, words).said().contains("Linger=yes");
    } catch (IOException _) {
      return false;
    }
  }

  private Optional<String> read() {
    try {
      return isInstalled() ? Optional.of(Files.readString(file())) : Optional.empty();
    } catch (IOException unreadable) {
      throw new MisconfiguredException(file() + " cannot be read", unreadable);
    }
  }

  /** What somebody else wrote is not thrown away. */
  private Optional<Path> keep(String before) {
    if (before.startsWith(UnitText.HEAD)) {
      return Optional.empty();
    }
    Path kept = file().resolveSibling(NAME + ".before");
    try {
      Files.writeString(kept, before);
      return Optional.of(kept);
    } catch (IOException unwritable) {
      throw unwritable(unwritable);
    }
  }

  private void write(String text) {
    Path draft = file().resolveSibling("." + NAME + ".new");
    try {
      Files.createDirectories(file().getParent());
      Files.write(draft, text.getBytes(StandardCharsets.UTF_8));
      Files.move(draft, file(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException unwritable) {
      throw unwritable(unwritable);
    }
  }

  private MisconfiguredException unwritable(IOException cause) {
    return new MisconfiguredException(
        switch (manager) {
          case USER -> "%s cannot be written: check that its directory is yours".formatted(file());
          case SYSTEM ->
              "%s cannot be written: run this as root (sudo), or install it for yourself without"
                      .formatted(file())
                  + " --system";
        },
        cause);
  }

  private void demandUnit() {
    if (!isInstalled()) {
      throw new MisconfiguredException(
          "knight is no service here (%s is missing): run knight service install --now"
              .formatted(file()));
    }
  }

  private void demandManager() {
    if (command.find("systemctl").isEmpty()
        || !Files.isDirectory(root.resolve("run/systemd/system"))) {
      throw new MisconfiguredException(
          "systemd does not run this machine: start knight serve by what starts services here, or"
              + " in a container (config/compose.yaml)");
    }
  }

  /** Tells systemd something that takes no time, and returns what it says. */
  private String tell(String... words) {
    Ended result = run(QUICK, List.of(words));
    if (!result.isGood()) {
      throw refused(String.join(" ", words), result.said());
    }
    return result.said();
  }

  private Ended run(Duration limit, List<String> words) {
    List<String> whole = new ArrayList<>(List.of("systemctl"));
    whole.addAll(manager.words());
    whole.add("--no-pager");
    whole.addAll(words);
    try {
      return command.run(limit, whole);
    } catch (IOException none) {
      throw new MisconfiguredException("systemctl cannot be run here", none);
    }
  }

  private MisconfiguredException refused(String words, String said) {
    if (Stream.of("connect to bus", "No medium found", "XDG_RUNTIME_DIR")
        .anyMatch(said::contains)) {
      return new MisconfiguredException(
          switch (manager) {
            case USER ->
                "The systemd of this user does not answer: log in as that user, not by su or sudo,"
                    + " or run \"sudo loginctl enable-linger "
                    + System.getProperty("user.name")
                    + "\" and \"export XDG_RUNTIME_DIR=/run/user/$(id -u)\" first; for a service of"
                    + " the machine say --system";
            case SYSTEM -> "systemd does not answer (%s)".formatted(said);
          });
    }
    if (Stream.of("Access denied", "authentication required", "Permission denied")
        .anyMatch(said::contains)) {
      return new MisconfiguredException("systemd obeys only root there: run this with sudo");
    }
    return new MisconfiguredException(
        "systemctl %s failed: %s".formatted(words, said.isEmpty() ? "it says nothing" : said));
  }

  private RuntimeException notStarted(Ended result) {
    UnitState state = UnitState.of(run(QUICK, List.of("show", NAME)).said());
    String sentence =
        "The service did not start: %s (all of it: knight service logs)"
            .formatted(lastWords().orElse(result.said()));
    return switch (state.exitCode()) {
      case 2, 3 -> new MisconfiguredException(sentence);
      default -> new UnavailableException(sentence, Optional.empty());
    };
  }

  /** The newest line of the journal that is knight's own complaint, else just the newest. */
  private Optional<String> lastWords() {
    List<String> words = new ArrayList<>(List.of("journalctl"));
    words.addAll(manager.words());
    words.addAll(
        List.of(
            "--unit", NAME, "--lines", Integer.toString(LINES_OF_A_FAILURE), "--output", "cat"));
    words.add("--no-pager");
    try {
      List<String> lines = command.run(QUICK, words).said().lines().toList();
      return lines.reversed().stream()
          .filter(line -> line.startsWith("knight: "))
          .map(line -> line.substring("knight: ".length()))
          .findFirst();
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
