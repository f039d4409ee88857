package dev.knight.agent;

import dev.knight.bridge.JournalEntry;
import dev.knight.bridge.JournalReader;
import dev.knight.home.KnightHome;
import dev.knight.job.JobId;
import dev.knight.job.Spent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What conversations have cost, by their journals, whether anybody listened or not. */
final class Ledgers {
  private static final String ENDING = ".jsonl";

  private final KnightHome home;

  Ledgers(KnightHome home) {
    this.home = home;
  }

  /** The conversations {@code JOB} and {@code JOB-review-…}, each with its cost. */
  Map<String, Spent> of(JobId job) {
    try {
      Map<String, Spent> spent = new HashMap<>();
      for (Path journal : journals(job)) {
        spent.put(name(journal), spent(journal));
      }
      return spent;
    } catch (IOException e) {
      throw new UncheckedIOException("The journals of job %s cannot be read".formatted(job), e);
    }
  }

  private List<Path> journals(JobId job) throws IOException {
    @Nullable Path directory = home.recording(job.toString()).getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(ENDING))
          .filter(file -> name(file).equals(job.toString()) || name(file).startsWith(job + "-"))
          .toList();
    }
  }

  private static String name(Path journal) {
    String file = journal.getFileName().toString();
    return file.substring(0, file.length() - ENDING.length());
  }

  private static Spent spent(Path journal) throws IOException {
    Conversation conversation = new Conversation("");
    try (JournalReader reader = JournalReader.open(journal, 0)) {
      for (Optional<JournalEntry> e = reader.next(); e.isPresent(); e = reader.next()) {
        conversation.note(e.get());
      }
    }
    return conversation.spent();
  }
}
