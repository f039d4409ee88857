package dev.knight.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import java.io.IOException;

/**
 * Reads numbers and words of a JSON text that comes in pieces of any size, and keeps none of it.
 * What is no JSON is not read to its end, and nothing is thrown.
 */
final class JsonSkim {
  /** A whole answer may stand in one word. */
  private static final int LONGEST_WORD = 8 * 1024 * 1024;

  /** An answer's own names are few; a hostile one's must not fill the memory of all. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(LONGEST_WORD).build())
          .build();

  /** Who hears what is read. */
  interface Ear {
    /** A whole number that a {@code long} can hold, at {@code place}. */
    void number(String place, long value);

    /** A word of {@code length} characters at {@code place}. */
    void word(String place, int length);
  }

  private final Ear ear;
  private final JsonParser parser;
  private final ByteArrayFeeder feeder;
  private final Place place = new Place();
  private boolean broken;

  JsonSkim(Ear ear) {
    this.ear = ear;
    try {
      this.parser = JSON.createNonBlockingByteArrayParser();
    } catch (IOException e) {
      throw new IllegalStateException("Nothing was read yet", e);
    }
    this.feeder = (ByteArrayFeeder) parser.getNonBlockingInputFeeder();
  }

  /** The next piece: {@code bytes} from {@code from} up to {@code to}. */
  void feed(byte[] bytes, int from, int to) {
    if (broken || from >= to) {
      return;
    }
    try {
      feeder.feedInput(bytes, from, to);
      for (JsonToken t = parser.nextToken();
          t != JsonToken.NOT_AVAILABLE && t != null;
          t = parser.nextToken()) {
        note(t);
      }
    } catch (IOException _) {
      broken = true; // it goes to pi as it is; only what it cost is not known
    }
  }

  private void note(JsonToken token) throws IOException {
    place.note(token, parser);
    if (token == JsonToken.VALUE_NUMBER_INT
        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      ear.number(place.value(), parser.getLongValue());
    } else if (token == JsonToken.VALUE_STRING) {
      ear.word(place.value(), parser.getTextLength());
    }
  }

  /** Whether what was read so far is whole, so that another text may follow. */
  boolean isBetween() {
    return !broken && place.depth() == 0;
  }
}
