package dev.knight.egress;

import static dev.knight.egress.DeniedException.unclear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The fields of a request's head, in their order. */
final class HeadFields {
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}");

  /** Two of them could be read as the one or the other. */
  private static final Set<String> SINGLE = Set.of("host", "content-length", "transfer-encoding");

  /** What is between the client and the proxy, or is written anew. */
  private static final Set<String> BETWEEN =
      Set.of(
          "host",
          "connection",
          "proxy-connection",
          "proxy-authorization",
          "proxy-authenticate",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "content-length",
          "upgrade",
          "expect",
          "http2-settings");

  private final List<Field> fields;

  private record Field(String name, String value) {}

  private HeadFields(List<Field> fields) {
    this.fields = fields;
  }

  /** Reads {@code lines}, which are printable ASCII. */
  static HeadFields of(List<String> lines) throws DeniedException {
    List<Field> fields = new ArrayList<>();
    for (String line : lines) {
      fields.add(field(line));
    }
    HeadFields all = new HeadFields(List.copyOf(fields));
    for (String name : SINGLE) {
      if (all.values(name).count() > 1) {
        throw unclear("The request has two fields that may stand there once");
      }
    }
    return all;
  }

  private static Field field(String line) throws DeniedException {
    int colon = line.indexOf(':');
    // A folded line starts with a space, which no name has.
    if (colon < 0 || !TOKEN.matcher(line.substring(0, colon)).matches()) {
      throw unclear("A line of the head is no field");
    }
    return new Field(line.substring(0, colon), line.substring(colon + 1).strip());
  }

  Optional<String> host() {
    return values("host").findFirst();
  }

  /** Whether something follows the head, or may. */
  boolean hasBody() {
    return values("transfer-encoding").findAny().isPresent()
        || values("content-length").anyMatch(length -> !length.equals("0"));
  }

  /** The fields that are meant for the other end, each with its CR LF. */
  String endToEnd() {
    Set<String> named =
        values("connection")
            .flatMap(value -> Arrays.stream(value.split(",")))
            .map(name -> name.strip().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    return fields.stream()
        .filter(field -> !BETWEEN.contains(lower(field)) && !named.contains(lower(field)))
        .map(field -> field.name() + ": " + field.value() + "\r\n")
        .collect(Collectors.joining());
  }

  private Stream<String> values(String name) {
    return fields.stream().filter(field -> lower(field).equals(name)).map(Field::value);
  }

  private static String lower(Field field) {
    return field.name().toLowerCase(Locale.ROOT);
  }
}
