package dev.knight.bridge;

import java.nio.charset.StandardCharsets;

/**
 * An entry of a journal as it stands in the file.
 *
 * @param entry what it says
 * @param bytes its line, without the LF
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares lines, and each is read once
public record JournalLine(JournalEntry entry, byte[] bytes) {
  /** The line as text. */
  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
