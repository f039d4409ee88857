package dev.knight.hygiene;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Queue;

/**
 * Finds any of many texts in one pass (Aho and Corasick), also where white space parts them: {@code
 * base64} breaks its lines, {@code xxd} its bytes.
 */
final class Needles {
  /** A line's end and an indent. A longer gap parts what is not one text. */
  private static final int WIDEST_GAP = 8;

  private static final int BYTES = 256;

  /** What each byte is in {@link #next}; 0 is all that no text has. */
  private final int[] letters = new int[BYTES];

  private final int alphabet;

  /** From a state by a letter to the state of the longest beginning that fits then. */
  private int[] next;

  /** How many letters a state has read. */
  private int[] depth;

  /** How long the longest text is that ends in a state; 0 if none does. */
  private int[] ends;

  private int states = 1;

  Needles(Collection<String> texts) {
    List<String> wanted = texts.stream().map(Needles::withoutSpace).toList();
    int count = 1;
    int room = 1;
    for (String text : wanted) {
      room += text.length();
      for (int i = 0; i < text.length(); i++) {
        if (letters[text.charAt(i)] == 0) {
          letters[text.charAt(i)] = count++;
        }
      }
    }
    alphabet = count;
    next = new int[room * alphabet];
    depth = new int[room];
    ends = new int[room];
    wanted.forEach(this::add);
    next = Arrays.copyOf(next, states * alphabet);
    depth = Arrays.copyOf(depth, states);
    ends = Arrays.copyOf(ends, states);
    link();
  }

  /**
   * Where the texts are in {@code text}, in the order of their ends, and from where on its end may
   * be the beginning of one.
   */
  Search search(CharSequence text) {
    List<Range> found = new ArrayList<>();
    if (states == 1) {
      return new Search(found, text.length());
    }
    int[] read = new int[text.length()];
    int count = 0;
    int gap = 0;
    int state = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isSpace(c)) {
        state = ++gap > WIDEST_GAP ? 0 : state;
        continue;
      }
      gap = 0;
      read[count++] = i;
      state = c < BYTES ? next[state * alphabet + letters[c]] : 0;
      if (ends[state] > 0) {
        found.add(new Range(read[count - ends[state]], i + 1));
      }
    }
    return new Search(found, depth[state] == 0 ? text.length() : read[count - depth[state]]);
  }

  /**
   * What a search came to.
   *
   * @param found in the order of their ends; may overlap
   * @param open where the longest beginning of a text begins that the end may be
   */
  record Search(List<Range> found, int open) {}

  private void add(String text) {
    int state = 0;
    for (int i = 0; i < text.length(); i++) {
      int step = state * alphabet + letters[text.charAt(i)];
      if (next[step] == 0) {
        next[step] = states;
        depth[states] = i + 1;
        states++;
      }
      state = next[step];
    }
    ends[state] = text.length();
  }

  /** Breadth first, so that what a state falls back to is complete before it. */
  private void link() {
    int[] fallback = new int[states];
    Queue<Integer> left = new ArrayDeque<>();
    left.add(0);
    while (!left.isEmpty()) {
      int state = left.remove();
      for (int letter = 0; letter < alphabet; letter++) {
        int step = state * alphabet + letter;
        int shorter = state == 0 ? 0 : next[fallback[state] * alphabet + letter];
        if (next[step] == 0) {
          next[step] = shorter;
        } else {
          fallback[next[step]] = shorter;
          ends[next[step]] = Math.max(ends[next[step]], ends[shorter]);
          left.add(next[step]);
        }
      }
    }
  }

  private static String withoutSpace(String text) {
    StringBuilder kept = new StringBuilder(text.length());
    text.chars().filter(c -> !isSpace((char) c)).forEach(c -> kept.append((char) c));
    return kept.toString();
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }
}
