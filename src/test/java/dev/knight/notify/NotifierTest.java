package dev.knight.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.fake.MemoryJobStore;
import dev.knight.fake.TestClock;
import dev.knight.hygiene.KnownSecrets;
import dev.knight.hygiene.Redactor;
import dev.knight.job.Event;
import dev.knight.job.Job;
import dev.knight.job.Mention;
import dev.knight.job.Person;
import dev.knight.job.RepositoryName;
import dev.knight.job.Secret;
import dev.knight.job.Subject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NotifierTest {
  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

  private final MemoryJobStore store = new MemoryJobStore();

  @TempDir private Path directory;

  @Test
  void a_slow_webhook_keeps_no_notice_from_the_command() throws Exception {
    Path told = directory.resolve("told");
    try (ServerSocket slow = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Notifier notifier = notifier(slow.getLocalPort(), writer(told))) {
      notifier.rounds().forEach(Notifier.Round::runOnce);
      store.tell(List.of(Event.of(job().id(), NOW, "stopped", "Stopped by ada.")));

      Thread webhook = Thread.startVirtualThread(notifier.rounds().getFirst()::runOnce);
      try (Socket _ = slow.accept()) {
        notifier.rounds().getLast().runOnce();

        assertThat(told).content().contains("\"event\":\"stopped\"");
        assertThat(webhook.isAlive()).isTrue();
      }
      webhook.join();
    }
  }

  private Notifier notifier(int port, Path command) {
    NotifySettings.Post post =
        new NotifySettings.Post(
            new Secret("http://127.0.0.1:%d/".formatted(port)),
            Format.JSON,
            Optional.empty(),
            Optional.empty());
    return new Notifier(
        store,
        new NotifySettings(
            Set.of(Occasion.STOPPED), Optional.of(post), Optional.of(command), "knight/test"),
        Map.of("PATH", System.getenv("PATH")),
        new Redactor(new KnownSecrets()),
        new TestClock(NOW));
  }

  private Path writer(Path to) throws IOException {
    Path script = Files.writeString(directory.resolve("tell"), "#!/bin/sh\ncat > " + to + "\n");
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }

  private Job job() {
    return store.accept(
        new Mention(
            "n7",
            new Subject(new RepositoryName("ada", "engine"), 7),
            Mention.Source.COMMAND,
            7,
            new Person(1, "ada"),
            "Greet",
            "greet us",
            URI.create("https://github.com/ada/engine/issues/7"),
            NOW),
        NOW);
  }
}
