package dev.knight.live;

import dev.knight.api.LiveLine;
import dev.knight.bridge.BridgeClient;
import dev.knight.bridge.BridgeListener;
import dev.knight.bridge.JournalEntry;
import dev.knight.bridge.JournalReader;
import dev.knight.home.KnightHome;
import dev.knight.hygiene.Redactor;
import dev.knight.pi.PiRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hears one conversation: at its bridge while that lives, and in its journal otherwise. Entries
 * wait for whoever reads slowly, which the bridge allows for; what is not kept is forgotten then.
 */
final class Ear implements AutoCloseable {
  private final String session;
  private final KnightHome home;
  private final Transcriber transcriber;
  private final BlockingQueue<Heard> queue;
  private long seen;
  private @Nullable BridgeClient client;
  private @Nullable JournalReader journal;
  private volatile boolean gone;
  private volatile boolean closed;
  private volatile boolean missed;

  /** Something that an ear heard at a bridge, and has not put into words yet. */
  record Heard(Ear ear, Optional<JournalEntry> entry, Optional<PiRecord> live) {}

  /**
   * Hears nothing before {@link #look}.
   *
   * @param seen the number of the last entry that is known already
   */
  Ear(String session, long seen, KnightHome home, Redactor redactor, BlockingQueue<Heard> queue) {
    this.session = session;
    this.seen = seen;
    this.home = home;
    this.transcriber = new Transcriber(session, redactor);
    this.queue = queue;
  }

  /** Goes to the bridge if there is one, and reads the journal to its end if not. */
  void look(Feed.Sink sink) throws IOException {
    if (client != null && !gone) {
      return;
    }
    leave();
    if (Files.exists(home.socket(session)) && listen()) {
      return;
    }
    read(sink);
  }

  /** Reads the journal to its end. */
  void read(Feed.Sink sink) throws IOException {
    try {
      if (journal == null) {
        journal = JournalReader.open(home.recording(session), seen);
      }
      for (Optional<JournalEntry> e = journal.next(); e.isPresent(); e = journal.next()) {
        tell(e.get(), sink);
      }
    } catch (NoSuchFileException _) {
      return; // nothing was said yet, or it is tidied away
    }
  }

  private boolean listen() {
    try {
      gone = false;
      BridgeClient fresh = BridgeClient.connect(home.socket(session), new Listener());
      fresh.read(seen);
      client = fresh;
      closeJournal();
      return true;
    } catch (IOException _) {
      gone = true; // it has just ended, or is not listening yet
      return false;
    }
  }

  /** Tells {@code sink} of what was heard. */
  void tell(Heard heard, Instant now, Feed.Sink sink) throws IOException {
    if (missed) {
      missed = false;
      transcriber.missed();
    }
    if (heard.entry().isPresent()) {
      tell(heard.entry().get(), sink);
    }
    Optional<LiveLine> live = heard.live().flatMap(record -> transcriber.live(record, now));
    if (live.isPresent()) {
      sink.tell(live.get());
    }
  }

  private void tell(JournalEntry entry, Feed.Sink sink) throws IOException {
    if (entry.seq() > seen) {
      seen = entry.seq();
      Optional<LiveLine> line = transcriber.line(entry);
      if (line.isPresent()) {
        sink.tell(line.get());
      }
    }
  }

  /** On the thread that reads from the bridge, which may wait. */
  private final class Listener implements BridgeListener {
    @Override
    public void entry(JournalEntry entry) {
      Heard heard = new Heard(Ear.this, Optional.of(entry), Optional.empty());
      try {
        boolean put = false;
        while (!put && !closed) {
          put = queue.offer(heard, 1, TimeUnit.SECONDS);
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void caughtUp() {}

    @Override
    public void live(PiRecord record) {
      if (Transcriber.isOfInterest(record)
          && !queue.offer(new Heard(Ear.this, Optional.empty(), Optional.of(record)))) {
        missed = true;
      }
    }

    @Override
    public void closed() {
      gone = true;
    }
  }

  private void leave() throws IOException {
    if (client != null) {
      client.close();
      client = null;
      transcriber.missed();
    }
  }

  private void closeJournal() throws IOException {
    if (journal != null) {
      journal.close();
      journal = null;
    }
  }

  /** Hears nothing more; the bridge and pi go on. */
  @Override
  public void close() throws IOException {
    closed = true;
    leave();
    closeJournal();
  }
}
