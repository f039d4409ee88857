package dev.knight.agent;

import dev.knight.job.Secret;
import dev.knight.sandbox.Mount;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a conversation is to be.
 *
 * @param name the conversation, as {@code 42} or {@code 42-review-1}: letters, digits and dashes
 * @param worktree where pi works
 * @param mounts what else it sees in its jail, besides what every pi needs
 * @param tools what it may do there
 * @param model which model answers
 * @param gateway where pi reaches the model, as it sees it: knight's own gateway, which adds the
 *     real key
 * @param gatewayToken what the gateway knows the conversation's job by; worthless elsewhere
 * @param stall how long pi may say nothing, while it works, before it counts as hung
 * @param time how long one prompt may take
 */
public record SessionRequest(
    String name,
    Path worktree,
    List<Mount> mounts,
    Tools tools,
    Model model,
    URI gateway,
    Secret gatewayToken,
    Duration stall,
    Duration time) {

  /** Keeps its own copy. */
  public SessionRequest {
    mounts = List.copyOf(mounts);
  }

  /** What the agent may do. */
  public enum Tools {
    /** Read, search, edit, write and run commands. */
    ALL,
    /** Read and search. */
    READ_ONLY
  }

  /**
   * A model.
   *
   * @param provider a provider that pi knows, or {@code openai-compatible}
   * @param name the provider's name for it
   */
  public record Model(String provider, String name) {}
}
