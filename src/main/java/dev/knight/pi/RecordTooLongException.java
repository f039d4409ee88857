package dev.knight.pi;

import java.io.IOException;

/** The other side sent a record that is longer than anything it should have to say. */
public final class RecordTooLongException extends IOException {
  /** {@code limit} bytes were allowed. */
  public RecordTooLongException(int limit) {
    super("A record is longer than " + limit + " bytes");
  }
}
