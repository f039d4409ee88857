package dev.knight.job;

/**
 * The issue or pull request that a mention stands in; on GitHub both share one sequence of numbers
 * from 1.
 */
public record Subject(RepositoryName repository, long number) {
  public Subject {
    if (number < 1) {
      throw new IllegalArgumentException("An issue's number is at least 1, not " + number);
    }
  }

  @Override
  public String toString() {
    return repository + "#" + number;
  }
}
