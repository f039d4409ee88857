package dev.knight.hygiene;

import java.util.Arrays;
import java.util.List;
import org.commonmark.node.SourceSpan;

/** Characters that belong together, wherever in the source they lie: a node without its margins. */
final class Piece implements CharSequence {
  private final String text;
  private final int[] places;

  private Piece(String text, int[] places) {
    this.text = text;
    this.places = places;
  }

  /** What lies at {@code spans} of {@code source}, one line each. */
  static Piece of(String source, List<SourceSpan> spans) {
    StringBuilder text = new StringBuilder();
    int[] places = new int[spans.stream().mapToInt(span -> span.getLength() + 1).sum()];
    for (SourceSpan span : spans) {
      if (!text.isEmpty()) {
        places[text.length()] = span.getInputIndex() - 1;
        text.append('\n');
      }
      for (int i = 0; i < span.getLength(); i++) {
        places[text.length()] = span.getInputIndex() + i;
        text.append(source.charAt(span.getInputIndex() + i));
      }
    }
    return new Piece(text.toString(), Arrays.copyOf(places, text.length()));
  }

  /** The same, from {@code start} on. */
  static Piece of(String source, int start, List<SourceSpan> spans) {
    return of(
        source,
        spans.stream()
            .filter(span -> span.getInputIndex() + span.getLength() > start)
            .map(span -> span.subSpan(Math.max(0, start - span.getInputIndex())))
            .toList());
  }

  /** Where in the source its character {@code index} lies; one past the last is the end. */
  int place(int index) {
    if (index < places.length) {
      return places[index];
    }
    return places.length == 0 ? 0 : places[places.length - 1] + 1;
  }

  String text() {
    return text;
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.subSequence(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
