package dev.knight.setup;

/**
 * Something that a person is asked.
 *
 * @param words the question
 * @param flag how a script answers it, as {@code --provider NAME}
 */
record Question(String words, String flag) {
  /** What is said where nobody can be asked. */
  IllegalArgumentException unanswered() {
    return new IllegalArgumentException(
        "%s Nobody can be asked here: say it with %s".formatted(words, flag));
  }
}
