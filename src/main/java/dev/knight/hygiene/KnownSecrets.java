package dev.knight.hygiene;

import dev.knight.job.Secret;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Every secret that this process has read. One that was replaced stays known: what was written with
 * it may still come along.
 */
public final class KnownSecrets {
  private final List<String> texts = new ArrayList<>();
  private volatile SecretScanner scanner = new SecretScanner(List.of());

  /** Knows {@code secrets} from the beginning. */
  public KnownSecrets(Secret... secrets) {
    Arrays.stream(secrets).forEach(this::add);
  }

  /** Knows {@code secret} from now on. */
  public synchronized void add(Secret secret) {
    if (!texts.contains(secret.reveal())) {
      texts.add(secret.reveal());
      scanner = new SecretScanner(texts.stream().map(Secret::new).toList());
    }
  }

  /** What finds those that are known now. */
  public SecretScanner scanner() {
    return scanner;
  }
}
