package dev.knight.live;

import dev.knight.home.KnightHome;
import dev.knight.job.JobId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The conversations that a job has had. */
final class Sessions {
  private static final String ENDING = ".jsonl";

  private Sessions() {}

  /** Their names, in the order of the alphabet. */
  static List<String> of(KnightHome home, JobId job) throws IOException {
    if (!Files.isDirectory(home.recordings())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(home.recordings())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ENDING))
          .map(name -> name.substring(0, name.length() - ENDING.length()))
          .filter(name -> name.equals(job.toString()) || name.startsWith(job + "-"))
          .sorted()
          .toList();
    }
  }
}
