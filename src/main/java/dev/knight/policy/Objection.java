package dev.knight.policy;

/**
 * One thing that a person has to see.
 *
 * @param path from the top of the repository; hostile, and empty if it is about the whole change
 * @param why the rest of a sentence about the path, without its full stop
 */
public record Objection(String path, Rule rule, String why) {
  Objection(String path, Rule rule) {
    this(path, rule, rule.why());
  }
}
