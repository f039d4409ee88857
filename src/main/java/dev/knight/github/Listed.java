package dev.knight.github;

import dev.knight.job.Subject;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** What the lists of a repository are made of. */
public sealed interface Listed extends Dated permits Issue, Comment, Review {

  /** The issue or pull request that it is, or stands under. */
  Subject subject();

  /** Who wrote it, or empty when the account is gone. */
  Optional<Account> author();

  /** Its text. */
  String body();

  /** The page that shows it. */
  URI link();

  /** When it was written. */
  Instant createdAt();
}
