package dev.knight.dashboard;

import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a form that was sent, until the page after it shows that once. What is shown comes
 * from here and never from the address, which anybody can make up.
 */
@Singleton
final class Notices {
  private static final int MOST = 100;
  private static final int BYTES = 8;

  private final SecureRandom random = new SecureRandom();
  private final Map<String, Notice> waiting = new LinkedHashMap<>();

  /** A sentence for whoever sent a form. */
  record Notice(String sentence, boolean isProblem) {}

  /** Keeps {@code notice}, and returns what it is asked for by. */
  synchronized String keep(Notice notice) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    String key = HexFormat.of().formatHex(bytes);
    waiting.put(key, notice);
    if (waiting.size() > MOST) {
      waiting.remove(waiting.keySet().iterator().next());
    }
    return key;
  }

  /** Gives out the one called {@code key}, once. */
  synchronized Optional<Notice> take(String key) {
    return Optional.ofNullable(waiting.remove(key));
  }
}
