package dev.knight;

import dev.knight.doctor.Check;
import dev.knight.doctor.Fix;
import dev.knight.doctor.Result;
import dev.knight.home.KnightHome;
import dev.knight.hygiene.ShellWord;
import dev.knight.job.MisconfiguredException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether what the owner set can be read, and is all that the service needs. */
final class SettingsCheck implements Check {
  private static final Pattern PLACE = Pattern.compile("(.+), line (\\d+): (.+)");
  private static final Pattern OPEN = Pattern.compile("(/.+) is open to other users: run .+");

  private static final String AGENT = "KNIGHT_AGENT_COMMAND";

  private final KnightHome home;
  private final Optional<Path> file;
  private final Map<String, String> environment;

  /**
   * Looks at nothing yet.
   *
   * @param file the file that {@code --config} names
   */
  SettingsCheck(KnightHome home, Optional<Path> file, Map<String, String> environment) {
    this.home = home;
    this.file = file;
    this.environment = environment;
  }

  @Override
  public String id() {
    return "settings";
  }

  @Override
  public String title() {
    return "Settings";
  }

  @Override
  public List<Result> look() {
    Settings settings;
    try {
      settings = Settings.load(home, file, environment);
    } catch (MisconfiguredException wrong) {
      return List.of(
          broken(wrong),
          Result.skipped(
              "settings.rest",
              "GitHub, model, pi, store",
              "not looked at: the settings have to be readable for that"));
    }
    if (settings.size() == 0 || isLaunchedOnly(settings)) {
      return List.of(Result.bad(Result.UNSET, title(), "nothing is set yet", "knight init"));
    }
    List<Result> results = new ArrayList<>();
    results.add(
        Result.good(id(), title(), "%d keys are set, %s".formatted(settings.size(), place())));
    KnightConfig config = settings.config();
    Preflight.problems(config)
        .map(problem -> Result.bad("settings.complete", title(), problem))
        .forEach(results::add);
    exposed().ifPresent(results::add);
    if (config.sandbox() == KnightConfig.Sandbox.NONE) {
      results.add(
          Result.bad(
              "sandbox.none",
              "Sandbox",
              "knight.sandbox is none, so agents run with all the rights of this account",
              "take knight.sandbox out of the settings"));
    }
    return List.copyOf(results);
  }

  /** The launcher of a checkout names the agent that it brings, where nobody has named one. */
  private boolean isLaunchedOnly(Settings settings) {
    return settings.size() == 1 && !environment.getOrDefault(AGENT, "").isBlank();
  }

  private String place() {
    Path read = file.orElse(home.configuration());
    return Files.exists(read) ? read.toString() : "by variables alone";
  }

  private Result broken(MisconfiguredException wrong) {
    String said = String.valueOf(wrong.getMessage());
    Matcher open = OPEN.matcher(said);
    if (open.matches()) {
      Path secret = Path.of(open.group(1));
      return Result.bad(
              id(),
              title(),
              secret + " is open to other users",
              "chmod 600 " + ShellWord.of(secret))
          .mendedBy(new Fix.Close(secret, "rw-------"));
    }
    Matcher place = PLACE.matcher(said);
    return place.matches()
        ? Result.bad(
            id(),
            title(),
            place.group(3),
            "correct line %s of %s".formatted(place.group(2), place.group(1)))
        : Result.bad(id(), title(), wrong);
  }

  private Optional<Result> exposed() {
    return ConfigKey.ALL.stream()
        .filter(ConfigKey::isSecret)
        .map(ConfigKey::variable)
        .filter(name -> !environment.getOrDefault(name, "").isBlank())
        .findFirst()
        .map(name ->
            Result.doubtful(
                "settings.exposed",
                title(),
                name + " is in the environment, which every process of this user can read",
                "put it into %s (chmod 600)".formatted(home.secrets())));
  }
}
