package dev.knight.intake;

import dev.knight.github.Permission;
import dev.knight.job.Person;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who may command knight.
 *
 * @param least the least permission on the repository
 * @param users further people, by login or by GitHub's number, and the bots that may, if GitHub
 *     permits them, too
 * @param perPerson how many requests of one person are taken within an hour
 * @param perRepository how many requests are taken in one repository within an hour
 */
public record TrustSettings(Permission least, Set<String> users, int perPerson, int perRepository) {

  public TrustSettings {
    users =
        users.stream()
            .map(user -> user.strip().toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether {@code person} is one of the further people or bots. */
  boolean names(Person person) {
    return users.contains(Long.toString(person.id()))
        || users.contains(person.login().toLowerCase(Locale.ROOT));
  }
}
