package dev.knight.store;

import dev.knight.job.RepositoryConfigCopy;
import dev.knight.job.RepositoryName;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** What is known of a repository, as it lies in table {@code repository}. */
@Entity
@Table(name = "repository")
@SuppressWarnings("UnusedVariable") // queries ask for its key
class RepositoryRow {
  @Id
  @Column(name = "repository_key")
  private String repositoryKey;

  private String config;
  private String reported;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected RepositoryRow() {}

  /**
   * @throws IllegalArgumentException if the file does not fit, as half of it would mean another
   *     thing
   */
  RepositoryRow(RepositoryName repository, RepositoryConfigCopy copy) {
    if (copy.text().length() > Columns.TEXT) {
      throw new IllegalArgumentException(
          "The .knight.yml of %s has more than %d characters".formatted(repository, Columns.TEXT));
    }
    repositoryKey = repository.key();
    config = copy.text();
    reported = copy.reported();
  }

  RepositoryConfigCopy toCopy() {
    return new RepositoryConfigCopy(config, reported);
  }
}
