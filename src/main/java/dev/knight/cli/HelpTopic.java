package dev.knight.cli;

import dev.knight.cli.HelpBlock.Entry;
import dev.knight.cli.HelpBlock.Heading;
import dev.knight.cli.HelpBlock.Text;
import dev.knight.job.Order;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What {@code knight help} can tell of besides the commands. */
enum HelpTopic {
  /** The keys of {@code knight.yml}. */
  CONFIGURATION("every key of knight.yml, with its default"),
  /** What can be asked for on GitHub. */
  COMMENTS("what knight understands in a comment on GitHub"),
  /** How a command ends. */
  EXIT_CODES("what the number says that a command ends with"),
  /** Where everything lies. */
  FILES("what lies where in knight's home, and which variables count"),
  /** What holds, and what does not. */
  SECURITY("what the agent can and cannot do");

  private final String title;

  HelpTopic(String title) {
    this.title = title;
  }

  /** As it is typed. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What it is about, in a few words. */
  String title() {
    return title;
  }

  /** The one called {@code word}. */
  static Optional<HelpTopic> named(String word) {
    return Arrays.stream(values()).filter(topic -> topic.word().equals(word)).findFirst();
  }

  /** All of them, as they are typed, with commas between. */
  static String words() {
    return Arrays.stream(values()).map(HelpTopic::word).collect(Collectors.joining(", "));
  }

  /** What it tells. */
  List<HelpBlock> blocks(Program program) {
    return switch (this) {
      case CONFIGURATION -> configuration(program.settings());
      case COMMENTS -> comments();
      case EXIT_CODES -> exitCodes();
      case FILES -> files();
      case SECURITY -> security();
    };
  }

  private static List<HelpBlock> configuration(List<SettingHelp> keys) {
    Stream<HelpBlock> head =
        Stream.of(
            new Text(
                "knight reads `knight.yml` in its home; `--config` names another file. The"
                    + " variable of a key goes before `secrets.env`, and that before `knight.yml`."
                    + " An unknown key or a wrong value stops knight with the line and the key."));
    return Stream.concat(head, keys.stream().map(HelpTopic::entry)).toList();
  }

  /** One key. */
  static HelpBlock entry(SettingHelp key) {
    String standard = key.standard().isEmpty() ? "" : "Default: " + key.standard() + ". ";
    return new Entry(
        key.name(),
        "%s. %sIt must be %s. Variable: `%s`"
            .formatted(key.meaning(), standard, key.must(), key.variable()));
  }

  private static List<HelpBlock> comments() {
    Stream<HelpBlock> orders = Arrays.stream(Order.values()).map(HelpTopic::entry);
    Stream<HelpBlock> rest =
        Stream.of(
            new Text(
                "It answers to its account's login and to `@knight`, or to what"
                    + " `knight.github.trigger` says, and only to people with the permission that"
                    + " `knight.trust.permission` names. A mention while it works is told to the"
                    + " agent. 👀 says that it was heard; one status comment says how it goes."),
            new Heading("Reactions on the status comment"),
            new Entry("👍", "agrees: to a plan, or to what is held"),
            new Entry("🚀", "gives a job that a limit ended the same budget once more"));
    return Stream.concat(orders, rest).toList();
  }

  private static HelpBlock entry(Order order) {
    return switch (order) {
      case DO -> new Entry("@knight WHAT YOU WANT", "does it, and opens a pull request");
      case PLAN ->
          new Entry("@knight plan WHAT YOU WANT", "proposes a plan first, and waits for `go`");
      case REVIEW -> new Entry("@knight review", "reviews this pull request, and changes nothing");
      case ASK -> new Entry("@knight ask QUESTION", "answers, and changes nothing");
      case GO -> new Entry("@knight go", "agrees to the plan, or lets out what is held");
      case RETRY -> new Entry("@knight retry", "tries its last job here once more");
      case STATUS -> new Entry("@knight status", "says what it is doing");
      case HELP -> new Entry("@knight help", "says what can be asked here and now");
      case STOP -> new Entry("@knight stop", "stops, and keeps what was made on a branch");
    };
  }

  private static List<HelpBlock> exitCodes() {
    return List.of(
        code(ExitCodes.DONE, "done"),
        code(
            ExitCodes.FAILED,
            "it was tried, and failed; or the job that was waited for did not end well"),
        code(ExitCodes.USAGE, "the command line is wrong; `--help` says what is right"),
        code(
            ExitCodes.REFUSED,
            "GitHub refused, or knight is not configured for it; `knight doctor` says why"),
        code(ExitCodes.NO_SUCH_JOB, "there is no such job; `knight jobs` lists them"),
        new Text("An error is one sentence on stderr; `--verbose` shows where it comes from."));
  }

  private static HelpBlock code(int number, String words) {
    return new Entry(Integer.toString(number), words);
  }

  private static List<HelpBlock> files() {
    return List.of(
        new Text(
            "All of it is under `~/.knight`, or where `KNIGHT_HOME` says, for its owner alone."),
        new Entry("knight.yml", "the settings, written by `knight init`"),
        new Entry("secrets.env", "the secrets, as `KNIGHT_GITHUB_TOKEN=...`; mode 0600"),
        new Entry("store/", "the database"),
        new Entry("backups/", "copies of it, besides those of `knight backup`"),
        new Entry("mirrors/OWNER/NAME.git", "one bare repository for each GitHub repository"),
        new Entry("worktrees/JOB", "where the agent of a job works"),
        new Entry("sessions/JOB", "pi's own record of the conversation"),
        new Entry("recordings/JOB.jsonl", "what pi said, as it said it: `knight logs --raw`"),
        new Entry("accounts/JOB.jsonl", "what its models used, question by question"),
        new Entry("checks/JOB.json", "how the project's checks went"),
        new Entry("cache/", "what a repository's commands keep for the next job"),
        new Entry("run/", "sockets and locks of what runs now"),
        new Entry("api-token", "what a client of the API has to show"),
        new Entry("log/", "knight's log"),
        new Heading("Variables"),
        new Entry("KNIGHT_HOME", "another home; two services never share one"),
        new Entry("KNIGHT_...", "any key of `knight.yml`: see `knight help configuration`"),
        new Entry(
            "KNIGHT_PAGER, PAGER",
            "what shows long answers page by page, else `less`; empty for nothing"),
        new Entry("NO_COLOR", "set to anything: no colours"),
        new Entry("COLUMNS", "the width to write for, where the terminal's own is not wanted"));
  }

  private static List<HelpBlock> security() {
    return List.of(
        new Text(
            "The agent, the setup and the checks of a repository run in a jail: they see the"
                + " worktree, the system read-only, and nothing of your home; they reach the model"
                + " through knight's gateway, and no other host but those that you offer"
                + " (`knight.network.offer`) and the repository chooses. `knight doctor` tries to"
                + " get out of it on this machine. Without a jail that holds nothing starts."),
        new Text(
            "No secret is in there: GitHub's token and the model's key stay with the service. What"
                + " is shown anywhere is searched for them first."),
        new Text(
            "Only people with the permission that `knight.trust.permission` names can command it,"
                + " as GitHub itself says. Words of others are data."),
        new Text(
            "Nothing is pushed before the exact tree has been judged: workflows, owners, links,"
                + " secrets and your own `protected` globs wait for a person. `knight show JOB`"
                + " says what is held, `knight release JOB` lets it through."),
        new Text(
            "A job cannot spend more than its limit and one answer of the model:"
                + " `knight.limits.cost`, `knight.limits.cost-per-day`."),
        new Text(
            "Not promised: that the model is never fooled. Read what you merge. SECURITY.md has"
                + " every promise with the test that shows it, and what is not promised."));
  }
}
