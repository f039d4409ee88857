package dev.knight;

import dev.knight.job.RepositoryName;
import dev.knight.job.Secret;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything that the owner of this knight can set, with its defaults: one method for each key of
 * {@code knight.yml}. {@link ConfigKey} says what a value must be.
 */
@ConfigMapping(prefix = KnightConfig.PREFIX)
public interface KnightConfig {
  /** What every key begins with. */
  String PREFIX = "knight";

  /** The GitHub side. */
  GitHub github();

  /** How GitHub is watched. */
  Polling polling();

  /** How the checks of pull requests are watched. */
  Ci ci();

  /** Who may command knight. */
  Trust trust();

  /** Jobs that run at a time. */
  @WithDefault("2")
  int workers();

  /** Jobs of one repository that run at a time. */
  @WithDefault("2")
  int workersPerRepository();

  /** The model that pi talks to. */
  Model model();

  /** The coding agent. */
  Agent agent();

  /** What a job may use up. */
  Limits limits();

  /** What becomes of a job whose agent asks something. */
  @WithDefault("go-on")
  Questions questions();

  /** What the agent and the commands of a repository run in. */
  @WithDefault("auto")
  Sandbox sandbox();

  /** How the files of a job come to its worktree. */
  @WithDefault("plain")
  Worktrees worktrees();

  /** What they may reach from in there. */
  Network network();

  /** Where the dashboard and the API listen. */
  Http http();

  /** What the service writes into its log. */
  Log log();

  /** Where traces go. */
  Traces traces();

  /** How people are told of jobs where they are. */
  @WithName("notify")
  Notify notices();

  /** Where jobs are kept. */
  Store store();

  /** How long the files of ended jobs stay. */
  Retention retention();

  /** What becomes of a job whose agent asks something. */
  enum Questions {
    /** It goes on with what the agent would assume, where that can be undone. */
    GO_ON,
    /** It waits for an answer. */
    WAIT
  }

  /** What the agent and the commands of a repository run in. */
  enum Sandbox {
    /** The strongest that works on this machine; refuses to start where none does. */
    AUTO,
    /** bubblewrap, or no start. */
    BUBBLEWRAP,
    /** No sandbox at all. */
    NONE
  }

  /** How the files of a job come to its worktree. */
  enum Worktrees {
    /** Each has all of its files itself. */
    PLAIN,
    /** What a job changes lies over a template that jobs share, where this machine can. */
    LAYERED
  }

  /** What may be reached from inside of the sandbox. */
  interface Network {
    /** What a repository can choose from: named sets, hosts, and {@code none}. */
    @WithDefault("cargo,debian,go,gradle,maven,npm,nuget,pypi,rubygems")
    List<String> offer();
  }

  /** A permission on a repository, as GitHub names it. */
  enum Permission {
    /** May push. */
    WRITE,
    /** May manage the repository without its dangerous settings. */
    MAINTAIN,
    /** May do everything. */
    ADMIN
  }

  /** The GitHub side. */
  interface GitHub {
    /** Where GitHub's REST API is; {@code https://HOST/api/v3} for GitHub Enterprise Server. */
    @WithDefault("https://api.github.com")
    URI apiUrl();

    /** A personal access token. */
    @WithConverter(SecretConverter.class)
    Optional<Secret> token();

    /** A file that holds the personal access token. */
    Optional<Path> tokenFile();

    /** A GitHub App, instead of a personal access token. */
    App app();

    /** The repositories that knight works on; nothing else is ever touched. */
    Optional<List<@WithConverter(RepositoryNameConverter.class) RepositoryName>> repositories();

    /**
     * The names that knight answers to after {@code @}; empty means its account's login and {@code
     * knight}.
     */
    Optional<List<String>> trigger();
  }

  /** A GitHub App. */
  interface App {
    /** Its number. */
    Optional<Long> id();

    /** The PEM file with its private key. */
    Optional<Path> privateKeyFile();

    /** The number of its installation on the account that owns the repositories. */
    Optional<Long> installationId();
  }

  /** How GitHub is watched. */
  interface Polling {
    /** Whether GitHub is polled at all; without it only {@code knight enqueue} brings jobs. */
    @WithDefault("true")
    boolean enabled();

    /** The time between two looks while something goes on. */
    @WithDefault("10s")
    Duration interval();
  }

  /** How the checks of pull requests are watched. */
  interface Ci {
    /** Whether they are: red ones are mended, run again or told. */
    @WithDefault("true")
    boolean enabled();

    /** The time between two looks while checks run. */
    @WithDefault("30s")
    Duration interval();

    /** How long nothing may have changed before their word is taken as final. */
    @WithDefault("60s")
    Duration settle();
  }

  /** Who may command knight. */
  interface Trust {
    /** The least permission on the repository. */
    @WithDefault("write")
    Permission permission();

    /** Further accounts, by login or by GitHub's number for them. */
    Optional<List<String>> users();

    /** How many requests of one person are taken within an hour. */
    @WithDefault("20")
    int perPerson();

    /** How many requests are taken in one repository within an hour. */
    @WithDefault("60")
    int perRepository();
  }

  /** The model that pi talks to. */
  interface Model {
    /** A provider that pi knows, or {@code openai-compatible}. */
    Optional<String> provider();

    /** The model's name at its provider. */
    Optional<String> name();

    /** Where the provider's API is, if not at its usual address. */
    Optional<URI> baseUrl();

    /** The key for the provider's API. */
    @WithConverter(SecretConverter.class)
    Optional<Secret> apiKey();

    /** A file that holds the key. */
    Optional<Path> apiKeyFile();

    /** The model that reviews; the same one if empty. */
    Optional<String> reviewName();

    /** What the model costs; empty means what pi's list says. */
    Price price();

    /** The same for the model that reviews, where it is another one. */
    Price reviewPrice();
  }

  /** What a million tokens cost, in US dollars. */
  interface Price {
    /** Read. */
    @WithConverter(UsdConverter.class)
    Optional<BigDecimal> input();

    /** Written. */
    @WithConverter(UsdConverter.class)
    Optional<BigDecimal> output();

    /** Read from the provider's cache; as much as read if empty. */
    @WithConverter(UsdConverter.class)
    Optional<BigDecimal> cacheRead();

    /** Put into the provider's cache; as much as read if empty. */
    @WithConverter(UsdConverter.class)
    Optional<BigDecimal> cacheWrite();
  }

  /** The coding agent. */
  interface Agent {
    /** The pi executable: a path, or a name to find on the {@code PATH}. */
    @WithDefault("pi")
    String command();

    /** What the agent and a repository's commands may read besides the system: absolute paths. */
    Optional<List<Path>> paths();
  }

  /** What a job may use up. */
  interface Limits {
    /** Wall time of a job. */
    @WithDefault("60m")
    Duration time();

    /** Money for a job, in US dollars. */
    @WithDefault("5 USD")
    @WithConverter(UsdConverter.class)
    BigDecimal cost();

    /** Money for all jobs of a day, in US dollars; empty means no such limit. */
    @WithConverter(UsdConverter.class)
    Optional<BigDecimal> costPerDay();

    /** How long pi may say nothing. */
    @WithDefault("5m")
    Duration stall();

    /** How often a review may send a job back. */
    @WithDefault("2")
    int reviewRounds();

    /** How often failing checks may send a job back. */
    @WithDefault("3")
    int verifyRounds();

    /** How often a failing CI run may wake a job again. */
    @WithDefault("2")
    int ciRounds();
  }

  /** Where the dashboard and the API listen. */
  interface Http {
    /** The address to listen on. */
    @WithDefault("127.0.0.1")
    String host();

    /** The port to listen on; 0 takes any free one. */
    @WithDefault("8790")
    int port();

    /**
     * Whether a proxy that does TLS stands in front, so that another address may be listened on.
     */
    @WithDefault("false")
    boolean behindProxy();

    /** How others reach it, if not by {@link #host} and {@link #port}. */
    Optional<URI> publicUrl();

    /** A file with a token that is good for the metrics alone; it is made if it is not there. */
    Optional<Path> metricsTokenFile();
  }

  /** What the service writes into its log. */
  interface Log {
    /** How a line looks. */
    @WithDefault("text")
    Format format();

    /** The least that is written. */
    @WithDefault("info")
    Level level();

    /** How a line of the log looks. */
    enum Format {
      /** For people. */
      TEXT,
      /** For programs: an object on each line. */
      JSON
    }

    /** How much is written. */
    enum Level {
      /** Only what a person must act on. */
      ERROR,
      /** Also what knight helped itself with. */
      WARN,
      /** Also what jobs do. */
      INFO,
      /** Also why. */
      DEBUG
    }
  }

  /** Where traces go. */
  interface Traces {
    /** Where OTLP is taken by HTTP; empty means that there are none. */
    Optional<URI> endpoint();
  }

  /** How people are told of jobs where they are. */
  interface Notify {
    /** Where notices are posted to. */
    @WithConverter(SecretConverter.class)
    Optional<Secret> url();

    /** A file that holds that address. */
    Optional<Path> urlFile();

    /** In whose words they are. */
    @WithDefault("json")
    Wording format();

    /** What they are signed with. */
    @WithConverter(SecretConverter.class)
    Optional<Secret> secret();

    /** A file that holds it. */
    Optional<Path> secretFile();

    /** What is shown as a bearer token. */
    @WithConverter(SecretConverter.class)
    Optional<Secret> token();

    /** A file that holds it. */
    Optional<Path> tokenFile();

    /** Whether the address may be one of plain HTTP on another machine. */
    @WithDefault("false")
    boolean plainHttp();

    /** A program that is given each notice. */
    Optional<Path> command();

    /** What is told. */
    @WithDefault("needs-you,done,no-change,failed")
    List<String> on();

    /** In whose words notices are. */
    enum Wording {
      /** knight's own. */
      JSON,
      /** What Slack takes. */
      SLACK,
      /** What ntfy takes. */
      NTFY
    }
  }

  /** Where jobs are kept. */
  interface Store {
    /** A JDBC address; empty means the H2 file under knight's home. */
    Optional<String> url();
  }

  /** How long the files of ended jobs stay. */
  interface Retention {
    /** Days after the end of a job. */
    @WithDefault("14")
    int days();

    /** Bytes for all of them together; the oldest go first. */
    @WithDefault("20GB")
    @WithConverter(SizeConverter.class)
    long size();
  }
}
