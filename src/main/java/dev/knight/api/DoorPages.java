package dev.knight.api;

/** What a person in a browser is shown where there is no page to show. Each is a whole document. */
public interface DoorPages {
  /**
   * Says that something cannot be shown.
   *
   * @param status the HTTP status
   * @param sentence what is wrong and what to do
   */
  String problem(int status, String sentence);

  /** Greets a browser that was just let in, until it goes on by itself. */
  String welcome();

  /** Says that this browser is not let in any more. */
  String goodbye();
}
