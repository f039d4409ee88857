package dev.knight.job;

import java.util.List;
import java.util.Optional;

/** Reads jobs with their stories, and changes nothing. */
public interface JobReading {
  /** A job by its number. */
  Optional<Job> find(JobId id);

  /** The jobs that {@code query} asks for, newest first. */
  List<Job> jobs(JobQuery query);

  /** A job's story after event {@code after}, oldest first. */
  List<Event> events(JobId id, long after);

  /** A job's effects, oldest first. */
  List<Effect> effects(JobId id);
}
