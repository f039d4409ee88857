package dev.knight.rehearsal;

/** How a model's answer goes wrong. A chunk is one server-sent event. */
public sealed interface ModelFault {
  /**
   * An error instead of an answer.
   *
   * @param code the provider's word, empty for none, such as {@code insufficient_quota}
   * @param retryAfterSeconds what the {@code retry-after} header says, 0 for none
   */
  record Status(int status, String message, String code, int retryAfterSeconds)
      implements ModelFault {}

  /** Silence after so many chunks; before the head of the answer for -1. */
  record Hang(int afterChunks) implements ModelFault {}

  /** The connection is reset after so many chunks. */
  record Cut(int afterChunks) implements ModelFault {}

  /** The stream ends in good order after so many chunks, without a reason to finish. */
  record End(int afterChunks) implements ModelFault {}

  /** An error in the middle of the stream. */
  record ErrorEvent(int afterChunks, String message) implements ModelFault {}

  /** Something that is no JSON in the middle of the stream. */
  record Garbage(int afterChunks) implements ModelFault {}
}
