package dev.knight.bridge;

import dev.knight.pi.PiRecord;

/** Hears what a bridge tells, on the client's reading thread: whoever dawdles is cut off. */
public interface BridgeListener {
  /** The next entry of the journal, old or new. */
  void entry(JournalEntry entry);

  /** All that was kept so far has been told; entries from now on are news. */
  void caughtUp();

  /** Something that is not kept, as a word that the model just wrote. */
  void live(PiRecord record);

  /** Nothing more will come: the bridge ended, cut this client off, or the client closed. */
  void closed();
}
