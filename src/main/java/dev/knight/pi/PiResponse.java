package dev.knight.pi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * pi's answer to one command.
 *
 * @param id what the command bore; empty when pi could not even read it
 * @param command which one is answered; empty when pi does not say
 * @param success whether it was accepted, which says nothing about how a run ends
 * @param error why not
 * @param data what was asked for; a missing node when there is nothing to say
 */
public record PiResponse(
    Optional<String> id, String command, boolean success, Optional<String> error, JsonNode data)
    implements PiRecord {

  /** What became of a prompt: {@code started}, {@code queued} or {@code handled}. */
  public Optional<String> disposition() {
    return Fields.text(data, "disposition");
  }
}
