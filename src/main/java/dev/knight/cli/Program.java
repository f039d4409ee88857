package dev.knight.cli;

import dev.knight.api.KnightApi;
import dev.knight.api.RestoreView;
import dev.knight.doctor.Check;
import dev.knight.home.KnightHome;
import dev.knight.hygiene.Redactor;
import dev.knight.job.IssueUrl;
import dev.knight.setup.Answers;
import dev.knight.systemd.KnightUnit;
import dev.knight.systemd.Manager;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * What the commands need from the rest of the program. A method that returns a number returns the
 * exit code; each throws what {@link ExitCodes} knows.
 */
public interface Program {
  /** Where knight's files lie. */
  KnightHome home();

  /**
   * Takes out of what is shown the secrets that are set, and what looks like one. Where the
   * settings cannot be read, the looks have to do.
   */
  Redactor redactor(Optional<Path> config);

  /** Every key that may be set. */
  List<SettingHelp> settings();

  /** What time it is, for what is told of times. */
  Instant now();

  /** Whether a process that works on jobs holds the home. */
  boolean isServing();

  /**
   * Puts {@code question} to the running service or, when none runs, to the store itself.
   *
   * @param config the file that {@code --config} names
   */
  int ask(Optional<Path> config, ToIntFunction<KnightApi> question);

  /**
   * As {@link #ask}, for what is asked again and again: between two questions nobody is kept from
   * the home, and a store that needs more than a look is a {@link
   * dev.knight.job.MisconfiguredException}.
   */
  int look(Optional<Path> config, ToIntFunction<KnightApi> question);

  /**
   * Serves until it is told to end.
   *
   * @param stopAgents whether the agents end then, too
   */
  int serve(Optional<Path> config, boolean stopAgents);

  /** Works on one request in this process, and tells the terminal of it. */
  int run(Optional<Path> config, IssueUrl url, Optional<String> text);

  /** What is to be looked at so that knight works here, with or without a service. */
  List<Check> checks(Optional<Path> config);

  /**
   * Every key with its value in force as text, and stars in the place of secrets.
   *
   * @throws dev.knight.job.MisconfiguredException when the settings cannot be read
   */
  Map<String, String> settings(Optional<Path> config);

  /**
   * Asks what knight needs to know, writes it down and starts it.
   *
   * @param answers what was answered before it is asked
   */
  int init(Optional<Path> config, Answers answers);

  /**
   * knight as a service of this machine, whether it is one or not.
   *
   * @param manager of which systemd
   */
  KnightUnit unit(Manager manager);

  /**
   * Puts a backup in the place of the store.
   *
   * @param backup the file that {@code knight backup} made
   */
  RestoreView restore(Optional<Path> config, Path backup);
}
