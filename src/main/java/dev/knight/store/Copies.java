package dev.knight.store;

import dev.knight.home.KnightHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The copies of the store that lie in knight's home, named by their time and their reason. */
final class Copies {
  /** So many copies of its own knight keeps. */
  static final int KEPT = 7;

  /** How long one that somebody asked for waits to be fetched. */
  private static final Duration DAY = Duration.ofHours(24);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss'Z'").withZone(ZoneOffset.UTC);

  /** What begins with a dot was never finished. */
  private static final Pattern NAME =
      Pattern.compile("(\\.?)(\\d{4}-[\\dTZ-]{15})-(by-hand|[\\w.-]+?)\\.sql\\.gz(.*)");

  private static final Pattern SCHEMA = Pattern.compile("schema-(\\d{1,9})");

  private final KnightHome home;

  Copies(KnightHome home) {
    this.home = home;
  }

  /** Where a copy belongs that is made at {@code time}. */
  Path daily(Instant time) {
    return named(time, "daily");
  }

  /** Where the copy belongs that is made before schema {@code version} is left. */
  Path ofSchema(String version, Instant time) {
    return named(time, "schema-" + version);
  }

  /** Where a copy belongs that somebody asked for at {@code time}. */
  Path byHand(Instant time) {
    return named(time, "by-hand");
  }

  /** The newest copy that knight made by itself. */
  Optional<Path> newest() {
    return own().findFirst().map(Copy::file);
  }

  /**
   * The newest copy that was made before schema {@code schema}, or an earlier one, was left: what a
   * knight of that schema can go back to.
   */
  Optional<Path> newestOfSchema(int schema) {
    return own()
        .filter(copy -> copy.schema() > 0 && copy.schema() <= schema)
        .findFirst()
        .map(Copy::file);
  }

  /** Whether knight has made a copy by itself in the day before {@code now}. */
  boolean isOneOfToday(Instant now) {
    return own().anyMatch(copy -> copy.at().isAfter(now.minus(DAY)));
  }

  /**
   * Removes what is too many: never the newest, nor the newest of an earlier schema, without which
   * nobody could go back to the knight before, and nothing that has another kind of name.
   */
  void thinOut(Instant now) {
    Optional<Path> before = newestOfSchema(Integer.MAX_VALUE);
    Stream<Copy> tooMany =
        own().skip(KEPT).filter(copy -> !Optional.of(copy.file()).equals(before));
    Stream<Copy> forgotten =
        all().filter(copy -> !copy.isOwn() && copy.at().isBefore(now.minus(DAY)));
    Stream.concat(tooMany, forgotten).forEach(Copies::remove);
  }

  /** What to do about a damaged store. */
  String advice() {
    return newest()
        .map(copy -> "restore the newest backup: knight restore " + copy)
        .orElse("restore a backup: knight restore FILE (none is in %s)".formatted(home.backups()));
  }

  /** What to do about a store that is of a later schema than {@code schema}. */
  String wayBackTo(int schema) {
    return newestOfSchema(schema)
        .map(copy ->
            "go back to what it was before, without what has happened since: knight restore "
                + copy)
        .orElse("restore a backup of this one: knight restore FILE");
  }

  private Path named(Instant time, String reason) {
    return home.backups().resolve("%s-%s.sql.gz".formatted(TIME.format(time), reason));
  }

  /** Newest first. */
  private Stream<Copy> own() {
    return all()
        .filter(Copy::isOwn)
        .sorted(Comparator.comparing(Copy::at).thenComparing(Copy::file).reversed());
  }

  private Stream<Copy> all() {
    try (Stream<Path> files = Files.list(home.backups())) {
      List<Copy> copies = files.flatMap(file -> Copy.of(file).stream()).toList();
      return copies.stream();
    } catch (NoSuchFileException none) {
      return Stream.empty();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static void remove(Copy copy) {
    try {
      Files.deleteIfExists(copy.file());
    } catch (IOException stays) {
      throw new UncheckedIOException(copy.file() + " cannot be removed", stays);
    }
  }

  /**
   * One copy.
   *
   * @param schema the schema that was left; 0 if it was made for another reason
   */
  private record Copy(Path file, Instant at, boolean isOwn, int schema) {
    static Optional<Copy> of(Path file) {
      Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
      return name.matches()
          ? Optional.of(
              new Copy(
                  file,
                  TIME.parse(name.group(2), Instant::from),
                  isOwn(name),
                  schema(name.group(3))))
          : Optional.empty();
    }

    private static int schema(String reason) {
      Matcher number = SCHEMA.matcher(reason);
      return number.matches() ? Integer.parseInt(number.group(1)) : 0;
    }

    private static boolean isOwn(Matcher name) {
      boolean isWhole = name.group(1).isEmpty() && name.group(4).isEmpty();
      return isWhole && !name.group(3).equals("by-hand");
    }
  }
}
