package dev.knight.hygiene;

import dev.knight.job.Secret;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Every secret that this process has read. One that was replaced stays known: what was written with
 * it may still come along.
 */
public final class KnownSecrets {
  /** Those of a day, where one lives for an hour. */
  private static final int PASSING = 24;

  private final Deque<String> passing = new ArrayDeque<>();
  private final List<String> texts = new ArrayList<>();
  private volatile SecretScanner scanner;

  /** Knows {@code secrets} from the beginning. */
  public KnownSecrets(Secret... secrets) {
    Arrays.stream(secrets).map(Secret::reveal).distinct().forEach(texts::add);
    scanner = scanner(texts);
  }

  /** Knows {@code secret} from now on. */
  public synchronized void add(Secret secret) {
    if (!texts.contains(secret.reveal())) {
      texts.add(secret.reveal());
      scanner = scanner(texts);
    }
  }

  /**
   * Knows {@code secret}, which passes by itself, from now on, and forgets the one that was known
   * so {@value #PASSING} of them ago.
   */
  public synchronized void addPassing(Secret secret) {
    if (passing.contains(secret.reveal())) {
      return;
    }
    passing.addLast(secret.reveal());
    if (passing.size() > PASSING) {
      texts.remove(passing.removeFirst());
    }
    add(secret);
  }

  /** What finds those that are known now. */
  public SecretScanner scanner() {
    return scanner;
  }

  private static SecretScanner scanner(List<String> texts) {
    return new SecretScanner(texts.stream().map(Secret::new).toList());
  }
}
