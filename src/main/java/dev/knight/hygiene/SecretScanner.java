package dev.knight.hygiene;

import dev.knight.job.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/**
 * Finds secrets in a text: knight's own by value, raw and encoded, and everybody's by their shape.
 * It takes time in proportion to the text.
 */
public final class SecretScanner {
  private final Needles known;
  private final boolean byShape;

  /** Knows {@code secrets} by value, and the shapes of others. */
  public SecretScanner(Collection<Secret> secrets) {
    this(
        new Needles(
            secrets.stream().flatMap(it -> Encodings.of(it.reveal()).stream()).distinct().toList()),
        true);
  }

  private SecretScanner(Needles known, boolean byShape) {
    this.known = known;
    this.byShape = byShape;
  }

  /**
   * A secret that was found.
   *
   * @param start of its first character, or byte
   * @param end after its last one
   * @param what it is, with its article, as {@code a GitHub token}
   */
  public record Found(int start, int end, String what) {}

  /** The secrets in {@code text}, in order; they may overlap. */
  public List<Found> find(CharSequence text) {
    Stream<Found> own =
        known.search(text).found().stream()
            .map(it -> new Found(it.start(), it.end(), "a secret of knight's own"));
    return Stream.concat(own, shaped(text).stream())
        .sorted(Comparator.comparingInt(Found::start))
        .toList();
  }

  /** The secrets in {@code bytes}, whatever they are, in order; they may overlap. */
  public List<Found> find(byte[] bytes) {
    return find(new String(bytes, StandardCharsets.ISO_8859_1));
  }

  /** The same without the shapes: for what must get through as it is. */
  SecretScanner byValue() {
    return new SecretScanner(known, false);
  }

  /** The parts of {@code text} that must not be shown, in order and apart. */
  List<Range> ranges(CharSequence text) {
    return Range.merged(find(text).stream().map(it -> new Range(it.start(), it.end())).toList());
  }

  /** From where on the end of {@code text} may belong to a secret whose rest is still to come. */
  int open(CharSequence text) {
    int open = known.search(text).open();
    return byShape ? Math.min(open, OpenEnd.of(text)) : open;
  }

  private List<Found> shaped(CharSequence text) {
    List<Found> found = new ArrayList<>();
    if (byShape) {
      for (Shape shape : Shape.values()) {
        Matcher matcher = shape.pattern().matcher(text);
        while (matcher.find()) {
          found.add(new Found(matcher.start(), matcher.end(), shape.words()));
        }
      }
    }
    return found;
  }
}
