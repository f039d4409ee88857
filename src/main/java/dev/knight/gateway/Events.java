package dev.knight.gateway;

import java.nio.charset.StandardCharsets;

/**
 * Finds the JSON in an answer's bytes, which come in pieces of any size: the answer is one, or it
 * is a stream of events of which each has one. How it begins says which, not its head.
 */
final class Events {
  private static final byte[] DATA = "data:".getBytes(StandardCharsets.US_ASCII);

  /** What is being read. */
  private enum At {
    BEGIN,
    WHOLE,
    LINE_START,
    DATA,
    OTHER
  }

  private final JsonSkim.Ear ear;
  private JsonSkim json;
  private At at = At.BEGIN;
  private int matched;
  private boolean afterReturn;

  Events(JsonSkim.Ear ear) {
    this.ear = ear;
    this.json = new JsonSkim(ear);
  }

  /** The next piece. */
  void feed(byte[] bytes) {
    int from = at == At.BEGIN ? begin(bytes) : 0;
    if (at == At.WHOLE) {
      json.feed(bytes, from, bytes.length);
    } else {
      lines(bytes, from);
    }
  }

  private int begin(byte[] bytes) {
    int from = 0;
    while (from < bytes.length && bytes[from] <= ' ' && bytes[from] >= 0) {
      from++;
    }
    if (from < bytes.length) {
      at = bytes[from] == '{' || bytes[from] == '[' ? At.WHOLE : At.LINE_START;
    }
    return from;
  }

  private void lines(byte[] bytes, int start) {
    int from = start;
    for (int i = start; i < bytes.length; i++) {
      byte next = bytes[i];
      if (next == '\n' || next == '\r') {
        boolean second = next == '\n' && afterReturn;
        afterReturn = next == '\r';
        if (!second) {
          endLine(bytes, from, i);
        }
      } else {
        afterReturn = false;
        if (at == At.LINE_START) {
          from = i + 1;
          match(next);
        }
      }
    }
    if (at == At.DATA) {
      json.feed(bytes, from, bytes.length);
    }
  }

  private void match(byte next) {
    if (next != DATA[matched]) {
      at = At.OTHER;
    } else if (++matched == DATA.length) {
      at = At.DATA;
    }
  }

  /** An empty line is the end of an event. */
  private void endLine(byte[] bytes, int from, int to) {
    if (at == At.DATA) {
      json.feed(bytes, from, to);
    } else if (at == At.LINE_START && matched == 0 && !json.isBetween()) {
      json = new JsonSkim(ear);
    }
    at = At.LINE_START;
    matched = 0;
  }
}
