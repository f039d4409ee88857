package dev.knight.agent;

import java.time.Duration;
import java.util.Map;

/**
 * How pi is started.
 *
 * @param command {@code knight.agent.command}: pi's executable, a path or a name on {@code path}
 * @param path where pi and its tools look for programs: directories parted by colons
 * @param thinking how much the model thinks: {@code off}, {@code low}, {@code medium}, {@code
 *     high}, …
 * @param retryDelay what pi waits before it asks a failing model again; it doubles each time
 */
public record AgentSettings(String command, String path, String thinking, Duration retryDelay) {
  /** pi's own default. */
  private static final Duration RETRY_DELAY = Duration.ofSeconds(2);

  private static final String USUAL_PATH = "/usr/local/bin:/usr/bin:/bin";

  /** {@code command}, started as usual, with the {@code PATH} of {@code environment}. */
  public static AgentSettings of(String command, Map<String, String> environment) {
    return new AgentSettings(
        command, environment.getOrDefault("PATH", USUAL_PATH), "off", RETRY_DELAY);
  }
}
