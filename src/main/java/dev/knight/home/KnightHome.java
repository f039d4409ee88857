package dev.knight.home;

import dev.knight.job.JobId;
import dev.knight.job.RepositoryName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * The one directory under which knight keeps everything: {@code KNIGHT_HOME}, or {@code
 * $HOME/.knight}.
 *
 * @param root absolute
 */
public record KnightHome(Path root) {
  public KnightHome {
    root = root.toAbsolutePath().normalize();
  }

  /** The home that {@code environment} names. */
  public static KnightHome of(Map<String, String> environment) {
    String named = environment.getOrDefault("KNIGHT_HOME", "");
    return named.isBlank() ? usual(environment) : new KnightHome(Path.of(named));
  }

  /** The home of who names none: under {@code HOME} as for any shell, else under the account's. */
  public static KnightHome usual(Map<String, String> environment) {
    String named = environment.getOrDefault("HOME", "");
    String user = named.startsWith("/") ? named : System.getProperty("user.home");
    return new KnightHome(Path.of(user, ".knight"));
  }

  /** The configuration, written by {@code knight init} or by hand. */
  public Path configuration() {
    return root.resolve("knight.yml");
  }

  /** Secrets as {@code KEY=value} lines; mode 0600. */
  public Path secrets() {
    return root.resolve("secrets.env");
  }

  /** The token that the local API asks for; mode 0600. */
  public Path apiToken() {
    return root.resolve("api-token");
  }

  /** The browsers that are logged in to the dashboard, as digests; mode 0600. */
  public Path logins() {
    return root.resolve("logins");
  }

  /** What the model gateway makes its tokens with; mode 0600. */
  public Path gatewayKey() {
    return root.resolve("gateway-key");
  }

  /** Held by the one service of this home; names it. */
  public Path serviceLock() {
    return root.resolve("run").resolve("service.lock");
  }

  /** What the running service tells its clients: where its API listens. */
  public Path service() {
    return root.resolve("run").resolve("service.json");
  }

  /** The database file, without the ending that H2 adds. */
  public Path store() {
    return root.resolve("store").resolve("knight");
  }

  /** The directory of all mirrors, one directory for each owner. */
  public Path mirrors() {
    return root.resolve("mirrors");
  }

  /** Programs that {@code knight init} has fetched for this home. */
  public Path programs() {
    return root.resolve("bin");
  }

  /** Copies of the store. */
  public Path backups() {
    return root.resolve("backups");
  }

  /** The bare repository of {@code repository}. */
  public Path mirror(RepositoryName repository) {
    String[] key = repository.key().split("/", 2);
    return mirrors().resolve(key[0]).resolve(key[1] + ".git");
  }

  /** The directory of all worktrees. */
  public Path worktrees() {
    return root.resolve("worktrees");
  }

  /** Where the agent of {@code job} works. */
  public Path worktree(JobId job) {
    return worktrees().resolve(job.toString());
  }

  /** Where what belongs to {@code job} is only tried out, as checks on the code before it. */
  public Path scratch(JobId job) {
    return worktrees().resolve(job + "-base");
  }

  /** The directory of {@link #sessions(String)}. */
  public Path sessions() {
    return root.resolve("sessions");
  }

  /**
   * pi's session files of one conversation.
   *
   * @param name the conversation: {@code JOB}, or {@code JOB-review-1}
   */
  public Path sessions(String name) {
    return sessions().resolve(name);
  }

  /** The directory of sockets and of what a bridge needs to run. */
  public Path run() {
    return root.resolve("run");
  }

  /** The socket of a conversation's bridge. */
  public Path socket(String name) {
    return run().resolve(name + ".sock");
  }

  /** What a bridge was told to do, its lock and pi's private directory. */
  public Path bridge(String name) {
    return run().resolve(name);
  }

  /** What a jail of the conversation, or of a job's commands, needs to start. */
  public Path cell(String name) {
    return bridge(name).resolve("cell");
  }

  /** The sockets that lead out of a jail: the jail sees this directory, and not what is above. */
  public Path doors(String name) {
    return bridge(name).resolve("door");
  }

  /** The directory of all journals. */
  public Path recordings() {
    return root.resolve("recordings");
  }

  /** The journal of a conversation. */
  public Path recording(String name) {
    return recordings().resolve(name + ".jsonl");
  }

  /** Says that the setup command of a job's worktree has run. */
  public Path setupMark(JobId job) {
    return run().resolve(job + ".setup");
  }

  /**
   * Which process shows a worktree whole that lies in layers.
   *
   * @param name the worktree's
   */
  public Path keeper(String name) {
    return run().resolve(name + ".overlay");
  }

  /** Says that the removal of a job's files has begun, until all are gone. */
  public Path removalMark(JobId job) {
    return run().resolve(job + ".removing");
  }

  /** The directory of {@link #account(JobId)}. */
  public Path accounts() {
    return root.resolve("accounts");
  }

  /** What the models of a job have used, question by question. */
  public Path account(JobId job) {
    return accounts().resolve(job + ".jsonl");
  }

  /** The directory of {@link #checks(JobId)}. */
  public Path checks() {
    return root.resolve("checks");
  }

  /** What the checks of a job came to on the tree that they last ran on. */
  public Path checks(JobId job) {
    return checks().resolve(job + ".json");
  }

  /**
   * The {@code HOME} of a repository's own commands: what they download is kept for its next job.
   */
  public Path caches(RepositoryName repository) {
    String[] key = repository.key().split("/", 2);
    return cache().resolve("commands").resolve(key[0]).resolve(key[1]);
  }

  /** The directory of {@link #baseline} for an owner's repositories. */
  public Path baselines(RepositoryName repository) {
    return cache().resolve("base").resolve(repository.key().split("/", 2)[0]);
  }

  /** How checks ended on the code that changes of {@code repository} are made to. */
  public Path baseline(RepositoryName repository) {
    return baselines(repository).resolve(repository.key().split("/", 2)[1] + ".json");
  }

  /** What can be made again: nothing is lost with it. */
  public Path cache() {
    return root.resolve("cache");
  }

  /** The service's own log files. */
  public Path log() {
    return root.resolve("log");
  }

  /**
   * Makes {@code directory}, which lies under this home, and what is missing above it, each with
   * mode 0700.
   *
   * @return the directory
   */
  public Path make(Path directory) throws IOException {
    return Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }
}
