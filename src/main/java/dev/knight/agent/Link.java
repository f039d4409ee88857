package dev.knight.agent;

import dev.knight.bridge.BridgeClient;
import dev.knight.bridge.BridgeListener;
import dev.knight.bridge.Fact;
import dev.knight.bridge.JournalEntry;
import dev.knight.bridge.JournalReader;
import dev.knight.pi.PiCommand;
import dev.knight.pi.PiRecord;
import dev.knight.pi.PiResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A session's connection to its bridge, with what was heard over it. A connection that breaks while
 * the bridge lives is made again; nothing is missed, because the journal has it.
 */
final class Link implements BridgeListener, AutoCloseable {
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(10);
  private static final Duration RECONNECT = Duration.ofSeconds(10);

  private final Path socket;
  private final Path journal;
  private final BooleanSupplier lives;
  private final Conversation conversation;
  private final Watchers watchers;
  private final InstantSource clock;
  private @Nullable BridgeClient client;
  private boolean caughtUp;
  private boolean lost;
  private boolean closed;
  private Instant heard;

  /**
   * Not connected yet.
   *
   * @param lives whether the bridge may still answer
   */
  Link(
      Path socket,
      Path journal,
      BooleanSupplier lives,
      Conversation conversation,
      Watchers watchers,
      InstantSource clock) {
    this.socket = socket;
    this.journal = journal;
    this.lives = lives;
    this.conversation = conversation;
    this.watchers = watchers;
    this.clock = clock;
    this.heard = clock.instant();
  }

  /**
   * Goes to the bridge and takes note of all it has kept.
   *
   * @return false when the bridge ended, or did not answer for {@code patience}
   */
  boolean open(Duration patience) {
    Instant end = clock.instant().plus(patience);
    if (!connect(end)) {
      return false;
    }
    return await(end, _ -> caughtUp || lost) && !isLost();
  }

  private boolean connect(Instant end) {
    while (clock.instant().isBefore(end)) {
      try {
        BridgeClient fresh = BridgeClient.connect(socket, this);
        synchronized (this) {
          client = fresh;
        }
        fresh.read(seq());
        return true;
      } catch (IOException _) {
        if (!lives.getAsBoolean()) {
          return false;
        }
        pause(); // it is not listening yet
      }
    }
    return false;
  }

  @Override
  public void entry(JournalEntry entry) {
    synchronized (this) {
      conversation.note(entry);
      if (entry.fact() instanceof Fact.Said) {
        heard = clock.instant(); // what is said to pi is no sign of its life
      }
      notifyAll();
      if (!caughtUp) {
        return;
      }
    }
    Activity.of(entry.fact()).ifPresent(watchers::offer);
  }

  @Override
  public synchronized void caughtUp() {
    caughtUp = true;
    notifyAll();
  }

  @Override
  public synchronized void live(PiRecord record) {
    heard = clock.instant();
    notifyAll();
  }

  @Override
  public void closed() {
    synchronized (this) {
      if (closed || lost) {
        return;
      }
    }
    if (!connect(clock.instant().plus(RECONNECT))) {
      lose();
    }
  }

  /** The bridge is gone: what it kept last is read from its file. */
  private void lose() {
    try (JournalReader rest = JournalReader.open(journal, seq())) {
      for (Optional<JournalEntry> e = rest.next(); e.isPresent(); e = rest.next()) {
        entry(e.get());
      }
    } catch (IOException e) {
      watchers.offer("The journal cannot be read: " + e.getMessage());
    }
    synchronized (this) {
      conversation.cutOff();
      lost = true;
      notifyAll();
    }
  }

  /** Whether the bridge is gone, or this session let go of it. */
  synchronized boolean isLost() {
    return lost;
  }

  private synchronized long seq() {
    return conversation.seq();
  }

  /** When pi last said something of its own accord. */
  synchronized Instant heard() {
    return heard;
  }

  /** Lets {@code look} look at the conversation while nothing changes in it. */
  synchronized <T> T look(Function<Conversation, T> look) {
    return look.apply(conversation);
  }

  /**
   * Waits until {@code done} says so of the conversation.
   *
   * @return false when it did not before {@code end}
   */
  synchronized boolean await(Instant end, Function<Conversation, Boolean> done) {
    while (!done.apply(conversation)) {
      long millis = Duration.between(clock.instant(), end).toMillis();
      if (millis <= 0) {
        return false;
      }
      try {
        wait(millis);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return done.apply(conversation);
      }
    }
    return true;
  }

  /**
   * Has pi asked; how that goes is noted in the conversation.
   *
   * @return false when pi works on something else; empty when the bridge does not answer
   */
  Optional<Boolean> prompt(String key, int attempt, String text, Duration patience) {
    try {
      return answer(client().prompt(key, attempt, new PiCommand.Prompt(text)), patience);
    } catch (IOException _) {
      return Optional.empty(); // the bridge is gone, which the conversation will say
    }
  }

  /**
   * Tells pi {@code command}.
   *
   * @return its response; empty when there was none for {@code patience}
   */
  Optional<PiResponse> send(PiCommand command, Duration patience) {
    try {
      return answer(client().send(command), patience);
    } catch (IOException _) {
      return Optional.empty(); // the bridge is gone, which the conversation will say
    }
  }

  /** Tells pi something while it works; false when it does not. */
  boolean steer(String key, String text, Duration patience) {
    try {
      return answer(client().steer(key, text), patience).orElse(false);
    } catch (IOException _) {
      return false; // as above
    }
  }

  /** Has pi and the bridge end; false when the bridge does not say that it will. */
  boolean stop(Duration patience) {
    try {
      return answer(client().stop().thenApply(_ -> true), patience).orElse(false);
    } catch (IOException _) {
      return false; // it is gone already
    }
  }

  private static <T> Optional<T> answer(CompletableFuture<T> answer, Duration patience) {
    try {
      return Optional.ofNullable(answer.get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException | ExecutionException _) {
      return Optional.empty(); // the caller says what follows from that
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private synchronized BridgeClient client() throws IOException {
    if (client == null) {
      throw new IOException("There is no bridge");
    }
    return client;
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(BETWEEN_TRIES.toMillis());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Leaves; the bridge and pi go on. */
  @Override
  public void close() {
    @Nullable BridgeClient leaving;
    synchronized (this) {
      closed = true;
      lost = true;
      leaving = client;
      notifyAll();
    }
    try {
      if (leaving != null) {
        leaving.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
