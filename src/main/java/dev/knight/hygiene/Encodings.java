package dev.knight.hygiene;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** The shapes in which a secret gets about, as text whose characters are bytes. */
final class Encodings {
  /** What is longer is a key file: its lines are looked for as they are. */
  private static final int LONGEST = 1024;

  /** Shorter ones are words, and words must be allowed. */
  static final int SHORTEST = 8;

  private Encodings() {}

  /** The shapes of {@code secret}; none of one that is too short to be looked for. */
  static Set<String> of(String secret) {
    Set<String> shapes = new LinkedHashSet<>();
    if (secret.length() > LONGEST) {
      secret.lines().map(String::strip).filter(line -> line.length() >= 32).forEach(shapes::add);
    } else if (secret.length() >= SHORTEST) {
      add(shapes, secret);
    }
    return shapes;
  }

  private static void add(Set<String> shapes, String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    String raw = new String(bytes, StandardCharsets.ISO_8859_1);
    String hex = HexFormat.of().formatHex(bytes);
    String percent = HexFormat.of().withPrefix("%").formatHex(bytes);
    shapes.add(raw);
    shapes.add(new StringBuilder(raw).reverse().toString());
    shapes.add(hex);
    shapes.add(hex.toUpperCase(Locale.ROOT));
    shapes.add(percent);
    shapes.add(percent.toUpperCase(Locale.ROOT));
    shapes.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
    String json = raw.replace("\\", "\\\\").replace("\"", "\\\"");
    shapes.add(json);
    shapes.add(json.replace("/", "\\/"));
    shapes.add(raw.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
    for (int before = 0; before < 3; before++) {
      shapes.add(base64(Base64.getEncoder(), bytes, before));
      shapes.add(base64(Base64.getUrlEncoder(), bytes, before));
    }
  }

  /**
   * The part of the encoded text that is the same whatever comes before and after, if {@code
   * before} bytes come before in the secret's first group of three.
   */
  private static String base64(Base64.Encoder encoder, byte[] secret, int before) {
    byte[] shifted = new byte[before + secret.length];
    System.arraycopy(secret, 0, shifted, before, secret.length);
    String all = encoder.withoutPadding().encodeToString(shifted);
    int first = before == 0 ? 0 : before + 1;
    return all.substring(first, shifted.length * 8 / 6);
  }
}
