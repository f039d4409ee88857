package dev.knight.agent;

/** pi gave no sign of life and was brought to rest. It can be asked again. */
final class HungException extends RuntimeException {
  HungException(String message) {
    super(message);
  }
}
