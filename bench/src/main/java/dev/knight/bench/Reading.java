package dev.knight.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;

/**
 * What was measured in one turn.
 *
 * @param round counted from 1; the warm-up is none
 * @param figures by name and unit
 */
record Reading(String bench, String who, int round, Map<String, Double> figures) {
  /** As one line of JSON, with when and where it was. */
  String line(Instant at, String commit, String machine) {
    ObjectNode line = new JsonMapper().createObjectNode();
    line.put("bench", bench).put("who", who).put("round", round);
    ObjectNode values = line.putObject("figures");
    figures.forEach(values::put);
    return line.put("at", at.toString()).put("commit", commit).put("machine", machine).toString();
  }
}
