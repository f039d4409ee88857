package dev.knight.hygiene;

import java.util.function.Supplier;

/** Puts stars in place of secrets. */
public final class Redactor {
  static final String STARS = "***";

  private final Supplier<SecretScanner> scanner;

  private Redactor(Supplier<SecretScanner> scanner) {
    this.scanner = scanner;
  }

  /** Takes out what {@code secrets} knows at the time, and what looks like a secret. */
  public Redactor(KnownSecrets secrets) {
    this(secrets::scanner);
  }

  /** The same for known secrets alone: where a text must get through as it is, code above all. */
  public Redactor byValue() {
    return new Redactor(() -> scanner.get().byValue());
  }

  /** {@code text}, which is whole, without secrets. */
  public String text(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    int at = 0;
    for (Range secret : scanner.get().ranges(text)) {
      clean.append(text, at, secret.start()).append(STARS);
      at = secret.end();
    }
    return at == 0 ? text : clean.append(text, at, text.length()).toString();
  }

  /** For one stream that comes in pieces. */
  public RedactedStream stream() {
    return new RedactedStream(scanner.get());
  }
}
