package dev.knight.rehearsal;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One endpoint of the REST interface: a method, a path with parts in braces, what it does. */
record Route(String method, Pattern path, Endpoint endpoint) {
  private static final Pattern PART = Pattern.compile("\\{(\\w+)(\\+?)}");

  /** What an endpoint does; called with the lock of the world. */
  interface Endpoint {
    Answer answer(Call call) throws IOException;
  }

  /** A route; {@code {name}} is one segment, {@code {name+}} may hold slashes. */
  static Route of(String method, String template, Endpoint endpoint) {
    String pattern =
        PART.matcher(template)
            .replaceAll(part -> part.group(2).isEmpty() ? "(?<$1>[^/]+)" : "(?<$1>.+)");
    return new Route(method, Pattern.compile(pattern), endpoint);
  }

  /** The decoded parts of a path that this route is for. */
  Optional<Map<String, String>> parts(String rawPath) {
    Matcher matcher = path.matcher(rawPath);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Map<String, String> parts = new LinkedHashMap<>();
    matcher.namedGroups().keySet().forEach(name -> parts.put(name, decoded(matcher.group(name))));
    return Optional.of(parts);
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
