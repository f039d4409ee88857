package dev.knight.github;

import dev.knight.job.Person;

/**
 * An account on GitHub.
 *
 * @param id GitHub's number for it, which stays when the login changes hands
 * @param login its name now
 * @param bot whether it belongs to a program rather than a person
 */
public record Account(long id, String login, boolean bot) {

  /** The account as a job's words have it. */
  public Person person() {
    return new Person(id, login);
  }
}
