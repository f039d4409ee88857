package dev.knight.rehearsal;

import dev.knight.job.Person;

/**
 * An account of the stand-in.
 *
 * @param bot whether GitHub would call its type {@code Bot}
 */
public record Account(long id, String login, boolean bot) {
  /** The account in knight's own words. */
  public Person person() {
    return new Person(id, login);
  }
}
