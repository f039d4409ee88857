package dev.knight.bench;

/** The least that a JVM can do. */
final class Hello {
  private Hello() {}

  /** Says a word. */
  public static void main(String... args) {
    System.out.println("hello");
  }
}
