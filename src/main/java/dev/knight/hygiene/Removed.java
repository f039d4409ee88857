package dev.knight.hygiene;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What was left out of a text, by kind.
 *
 * @param counts how many of each kind; none is 0
 */
public record Removed(Map<Kind, Integer> counts) {
  /** Nothing. */
  public static final Removed NOTHING = new Removed(Map.of());

  public Removed {
    counts = Map.copyOf(counts);
  }

  /** What a page does not show of a text. */
  public enum Kind {
    /** A comment, declaration or instruction of HTML. */
    COMMENT("HTML comment"),
    /** An element whose content a page does not show, or one that says so of itself. */
    ELEMENT("hidden element"),
    /** A tag that a page drops, or what a tag carries besides its name. */
    TAG("HTML tag"),
    /** A character that shows nothing, or that changes the order of others. */
    CHARACTER("invisible character"),
    /** A picture. */
    IMAGE("image"),
    /** Where a link leads, defined apart from it, or a link that shows no text. */
    LINK("hidden link"),
    /** What a link or a code block says besides its text. */
    TITLE("hidden title"),
    /** A part of a formula or a diagram, or a footnote, that is not drawn. */
    UNDRAWN("undrawn part"),
    /** What hides in so many layers that the whole text was taken apart. */
    NESTING("nested disguise"),
    /** What lies beyond the length that is read. */
    EXCESS("character beyond the limit");

    private final String name;

    Kind(String name) {
      this.name = name;
    }

    private String counted(int count) {
      if (count == 1) {
        return "1 " + name;
      }
      return this == EXCESS ? count + " characters beyond the limit" : count + " " + name + "s";
    }
  }

  /** Whether nothing was left out. */
  public boolean isNothing() {
    return counts.isEmpty();
  }

  /** This and {@code other} together. */
  public Removed and(Removed other) {
    Map<Kind, Integer> sum = new EnumMap<>(Kind.class);
    sum.putAll(counts);
    other.counts.forEach((kind, count) -> sum.merge(kind, count, Integer::sum));
    return new Removed(sum);
  }

  /** For people, as {@code 2 HTML comments, 31 invisible characters}. */
  @Override
  public String toString() {
    return counts.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> entry.getKey().counted(entry.getValue()))
        .collect(Collectors.joining(", "));
  }
}
