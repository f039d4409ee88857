package dev.knight.setup;

/**
 * One of several answers.
 *
 * @param value what it stands for
 * @param label a few words; what is typed to find it
 * @param note what else helps to choose; may be empty
 */
record Choice<T>(T value, String label, String note) {
  /** Without a note. */
  static <T> Choice<T> of(T value, String label) {
    return new Choice<>(value, label, "");
  }
}
