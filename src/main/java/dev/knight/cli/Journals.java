package dev.knight.cli;

import dev.knight.bridge.JournalLine;
import dev.knight.bridge.JournalReader;
import dev.knight.home.KnightHome;
import dev.knight.job.JobId;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What was said in all conversations of a job, in the order in which it was said. */
final class Journals implements Closeable {
  private static final String ENDING = ".jsonl";

  private final Path recordings;
  private final JobId job;
  private final Map<String, JournalReader> readers = new TreeMap<>();
  private final Map<String, JournalLine> heads = new TreeMap<>();

  Journals(KnightHome home, JobId job) {
    this.recordings = home.recordings();
    this.job = job;
  }

  /**
   * One thing that was said.
   *
   * @param session the conversation, as {@code 7} or {@code 7-review-1}
   */
  record Spoken(String session, JournalLine line) {}

  /** Whether there is anything. */
  static boolean exist(KnightHome home, JobId job) throws IOException {
    try (Journals journals = new Journals(home, job)) {
      journals.open();
      return !journals.readers.isEmpty();
    }
  }

  /** The next one; empty when there is none yet. */
  Optional<Spoken> next() throws IOException {
    if (heads.isEmpty()) {
      open(); // what began meanwhile is found when all else is told: a look for each line is slow
    }
    for (Map.Entry<String, JournalReader> reader : readers.entrySet()) {
      if (!heads.containsKey(reader.getKey())) {
        Optional<JournalLine> line = reader.getValue().line();
        line.ifPresent(head -> heads.put(reader.getKey(), head));
      }
    }
    Optional<String> earliest =
        heads.entrySet().stream()
            .min(Comparator.comparing(head -> head.getValue().entry().at()))
            .map(Map.Entry::getKey);
    return earliest.flatMap(session ->
        Optional.ofNullable(heads.remove(session)).map(line -> new Spoken(session, line)));
  }

  /** A review begins a conversation of its own, and a journal. */
  private void open() throws IOException {
    if (!Files.isDirectory(recordings)) {
      return;
    }
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(recordings, job + "{,-*}" + ENDING)) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        String session = name.substring(0, name.length() - ENDING.length());
        if (!readers.containsKey(session)) {
          readers.put(session, JournalReader.open(file, 0));
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    for (JournalReader reader : readers.values()) {
      reader.close();
    }
  }
}
