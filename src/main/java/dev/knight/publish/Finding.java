package dev.knight.publish;

/**
 * Something that the self-review found.
 *
 * @param severity how much it matters
 * @param place the file and line, or empty
 * @param text what is wrong
 * @param fate what became of it
 */
public record Finding(Severity severity, String place, String text, Fate fate) {

  /** How much a finding matters. */
  public enum Severity {
    HIGH,
    MEDIUM,
    LOW
  }

  /** What became of a finding. */
  public enum Fate {
    /** The implementer changed the code after it was told. */
    ADDRESSED,
    /** It stands: no rounds were left, or nothing was changed for it. */
    OPEN
  }

  /** The same finding with another fate. */
  public Finding with(Fate other) {
    return new Finding(severity, place, text, other);
  }
}
