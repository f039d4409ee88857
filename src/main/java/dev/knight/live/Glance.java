package dev.knight.live;

import dev.knight.bridge.Fact;
import dev.knight.bridge.JournalEntry;
import dev.knight.pi.PiEvent;
import dev.knight.pi.PiMessage;
import dev.knight.pi.PiRecord;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The last of one journal that a person reads; what is not kept costs no more than its reading. */
final class Glance {
  /** Of what is kept, in characters. */
  private static final int MOST_TEXT = 4 << 20;

  private final int most;
  private final Deque<Kept> kept = new ArrayDeque<>();
  private final Map<String, Kept> open = new HashMap<>();
  private long text;
  private long last;
  private boolean isCut;

  /** Keeps at most {@code most} entries. */
  Glance(int most) {
    this.most = most;
  }

  private static final class Kept {
    private final JournalEntry entry;
    private @Nullable JournalEntry result;

    Kept(JournalEntry entry) {
      this.entry = entry;
    }
  }

  /** Sees the next entry, which is to be kept or only ends something that is. */
  void see(JournalEntry entry, boolean isKept) {
    last = entry.seq();
    switch (entry.fact()) {
      case Fact.Said(PiEvent.ToolEnd end) -> end(end, entry);
      case Fact.Said(PiRecord record) when isKept -> said(record, entry);
      case Fact.Started _, Fact.Prompted _, Fact.Answered _, Fact.Exited _ when isKept ->
          keep(entry);
      case Fact.Said _,
          Fact.Started _,
          Fact.Prompted _,
          Fact.Answered _,
          Fact.Exited _,
          Fact.Steered _,
          Fact.Unknown _ -> {}
    }
  }

  private void end(PiEvent.ToolEnd end, JournalEntry entry) {
    Kept call = open.remove(end.callId());
    if (call != null) {
      call.result = entry;
    }
  }

  private void said(PiRecord record, JournalEntry entry) {
    switch (record) {
      case PiEvent.MessageEnd(PiMessage.Assistant _) -> keep(entry);
      case PiEvent.ToolStart start -> open.put(start.callId(), keep(entry));
      case PiEvent.RetryStart _, PiEvent.CompactionStart _, PiEvent.Garbled _ -> keep(entry);
      default -> {} // noise to a person
    }
  }

  private Kept keep(JournalEntry entry) {
    Kept one = new Kept(entry);
    kept.add(one);
    text += length(entry);
    while (kept.size() > most || (text > MOST_TEXT && kept.size() > 1)) {
      Kept oldest = kept.remove();
      text -= length(oldest.entry);
      isCut = true;
      open.values().remove(oldest);
    }
    return one;
  }

  private static int length(JournalEntry entry) {
    return entry.fact() instanceof Fact.Said(PiEvent.MessageEnd(PiMessage.Assistant said))
        ? said.text().length() + said.thinking().length()
        : 0;
  }

  /** The number of the last entry that was seen; 0 if there was none. */
  long last() {
    return last;
  }

  /** The first that was kept after some that could not be. */
  Optional<JournalEntry> gap() {
    return Optional.ofNullable(kept.peekFirst()).filter(_ -> isCut).map(first -> first.entry);
  }

  /** What was kept, in words. */
  List<Past.Item> items(Transcriber transcriber) {
    return kept.stream()
        .flatMap(one ->
            transcriber.line(one.entry).stream()
                .map(line ->
                    new Past.Item(
                        line, Optional.ofNullable(one.result).flatMap(transcriber::line))))
        .toList();
  }
}
