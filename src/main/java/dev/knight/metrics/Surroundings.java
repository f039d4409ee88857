package dev.knight.metrics;

import dev.knight.github.Quota;
import dev.knight.job.RepositoryName;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What is looked up when somebody asks how knight is. Each answer is quick, or kept. */
public interface Surroundings {
  /** When each repository was last looked at whole. */
  Map<RepositoryName, Instant> looks();

  /** Until when nothing that was due to be polled is left undone; empty where nothing is polled. */
  Optional<Instant> polled();

  /** How many requests to GitHub are left. */
  Optional<Quota> quota();

  /** Whether GitHub has turned down the token. */
  boolean isTokenRefused();

  /** Why the store takes no more, if so. */
  Optional<String> storeTrouble();

  /** Bytes of the store's file, where it has one of its own. */
  OptionalLong storeBytes();

  /** Bytes of all worktrees. */
  OptionalLong worktreeBytes();

  /** Bytes that are free where knight's home lies. */
  OptionalLong freeBytes();

  /** Bytes of memory of all agents that live. */
  OptionalLong agentBytes();

  /** How many agents live. */
  int agents();
}
