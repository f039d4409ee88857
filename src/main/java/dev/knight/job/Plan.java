package dev.knight.job;

/** How far people and knight have agreed on what is to be done, before it is done. */
public sealed interface Plan {

  /** Nobody asked for a plan. */
  record None() implements Plan {}

  /** A plan is to be made first. */
  record Wanted() implements Plan {}

  /**
   * A plan waits for a person.
   *
   * @param text what the person is shown
   */
  record Proposed(String text) implements Plan {}

  /**
   * A person agreed.
   *
   * @param text what was agreed on
   * @param by who agreed: a login, or the command that did
   */
  record Approved(String text, String by) implements Plan {}
}
