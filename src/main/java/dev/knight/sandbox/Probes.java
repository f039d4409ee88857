package dev.knight.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The attempts to get out of a jail, as a script for perl, and what they say. */
final class Probes {
  private static final String SCRIPT = "/sandbox/probes.pl";
  private static final Pattern LINE = Pattern.compile("([^\t]+)\t(through|held)\t(.*)");
  private static final Pattern NAME = Pattern.compile("(?m)^  '([a-z -]+)' => sub");

  private Probes() {}

  /** The names of all, in their order. */
  static List<String> names() throws IOException {
    return NAME.matcher(script()).results().map(match -> match.group(1)).toList();
  }

  /** The words that try everything on {@code bait}; {@code place} is where the script is put. */
  static List<String> command(Path place, Bait bait) throws IOException {
    Path script = Files.writeString(place.resolve("probes.pl"), script());
    // In a file, because what they look for must not be on their own command line.
    Path laid = Files.write(place.resolve("bait"), bait.arguments());
    return List.of("perl", script.toString(), laid.toString());
  }

  /** One try, as its line tells it. */
  record Answer(String name, boolean isThrough, String said) {}

  /** What the lines of {@code out} tell. */
  static List<Answer> answers(String out) {
    return out.lines()
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .map(line -> new Answer(line.group(1), line.group(2).equals("through"), line.group(3)))
        .toList();
  }

  private static String script() throws IOException {
    try (InputStream in = Probes.class.getResourceAsStream(SCRIPT)) {
      if (in == null) {
        throw new IOException("This knight was built without its " + SCRIPT);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
