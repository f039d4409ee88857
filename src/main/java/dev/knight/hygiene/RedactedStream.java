package dev.knight.hygiene;

import java.nio.charset.StandardCharsets;

/**
 * Takes secrets out of one stream of bytes, also where two pieces share one. Only an end that may
 * be a secret's beginning is held back, so a stream without one is hardly ever late.
 */
public final class RedactedStream {
  private final SecretScanner scanner;
  private String held = "";

  /** How much at the beginning of what is held has its stars already. */
  private int covered;

  RedactedStream(SecretScanner scanner) {
    this.scanner = scanner;
  }

  /** What of {@code piece}, and of what was held back, can go out now; may be empty. */
  public byte[] pass(byte[] piece) {
    String all = held + new String(piece, StandardCharsets.ISO_8859_1);
    return upTo(scanner.open(all), all);
  }

  /** What was held back and turned out harmless, at the stream's end. */
  public byte[] rest() {
    return upTo(held.length(), held);
  }

  private byte[] upTo(int open, String all) {
    StringBuilder clean = new StringBuilder(all.length());
    int at = covered;
    for (Range secret : scanner.ranges(all)) {
      if (secret.start() >= open) {
        break;
      }
      if (secret.end() <= at) {
        continue;
      }
      if (secret.start() >= at) {
        clean.append(all, at, secret.start()).append(Redactor.STARS);
      }
      at = secret.end();
    }
    if (at < open) {
      clean.append(all, at, open);
      at = open;
    }
    held = all.substring(open);
    covered = at - open;
    return clean.toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
