package dev.knight.setup;

/** The person who was asked has left; nothing was written. */
public final class LeftException extends RuntimeException {
  LeftException() {
    super("You left; nothing was written");
  }
}
