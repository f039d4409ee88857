package dev.knight.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one look at the jail has shown.
 *
 * @param name what was tried, in a few words
 * @param isGood whether it is as it has to be
 * @param said what the system said, or why it is not good and what to do
 */
public record Finding(String name, boolean isGood, String said) {
  /** The same as names and values. */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", name);
    fields.put("good", isGood);
    fields.put("said", said);
    return fields;
  }
}
