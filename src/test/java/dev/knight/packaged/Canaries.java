package dev.knight.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.rehearsal.Exchange;
import dev.knight.rehearsal.ModelRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Secrets of the real shape, and the search for them, in every usual spelling, in all that left
 * knight: requests, prompts, comments, pushed objects, and all files of its home.
 */
final class Canaries {
  /** Shorter than this, a piece of a spelling could be there by chance. */
  private static final int SHORTEST = 24;

  private final Path home;
  private final Town town;
  private final Queue<String> written = new ConcurrentLinkedQueue<>();

  /** Listens to {@code town} from now on. */
  Canaries(Path home, Town town) {
    this.home = home;
    this.town = town;
    town.gitHub().observe(exchange -> written.add(written(exchange)));
  }

  private static String written(Exchange exchange) {
    return exchange.path() + "?" + exchange.query() + "\n" + exchange.requestBody();
  }

  /** Where a secret was found, each place in a few words; empty if nowhere. */
  List<String> found() {
    List<String> places = new ArrayList<>();
    written.stream()
        .filter(Canaries::isIn)
        .map(request -> "a request: " + request.lines().findFirst().orElse(""))
        .forEach(places::add);
    town.model().requests().stream()
        .flatMap(request -> request.messages().stream())
        .map(ModelRequest.Message::text)
        .filter(Canaries::isIn)
        .map(text -> "a prompt: " + text.substring(0, Math.min(100, text.length())))
        .forEach(places::add);
    files(home.resolve("k")).filter(Canaries::holds).map(Path::toString).forEach(places::add);
    repositories()
        .filter(repository -> isIn(history(repository)))
        .map(repository -> "what was pushed to " + repository)
        .forEach(places::add);
    return places;
  }

  /** Whether {@code text} has one of the secrets, in some spelling. */
  static boolean isIn(String text) {
    return Stream.of(Town.TOKEN, Town.MODEL_KEY)
        .flatMap(Canaries::spellings)
        .anyMatch(text::contains);
  }

  /** {@code secret} as it is, and as it may be written to get past a simple search. */
  static Stream<String> spellings(String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    String hex = HexFormat.of().formatHex(bytes);
    Stream<String> base64 =
        IntStream.range(0, 3).mapToObj(shift -> aligned(bytes, shift)).flatMap(Canaries::both);
    Stream<String> others =
        Stream.of(
            secret,
            hex,
            hex.toUpperCase(Locale.ROOT),
            URLEncoder.encode(secret, StandardCharsets.UTF_8),
            new StringBuilder(secret).reverse().toString());
    return Stream.concat(others, base64).filter(spelling -> spelling.length() >= SHORTEST);
  }

  /** What does not depend on the bytes around it. */
  private static byte[] aligned(byte[] bytes, int shift) {
    int length = (bytes.length - shift) / 3 * 3;
    byte[] part = new byte[length];
    System.arraycopy(bytes, shift, part, 0, length);
    return part;
  }

  private static Stream<String> both(byte[] bytes) {
    return Stream.of(
        Base64.getEncoder().encodeToString(bytes), Base64.getUrlEncoder().encodeToString(bytes));
  }

  private static Stream<Path> files(Path directory) {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).toList().stream();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static boolean holds(Path file) {
    try {
      return isIn(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (IOException gone) {
      return false;
    }
  }

  /** GitHub's own, and knight's mirrors; not what an agent has for its own use in a jail. */
  private Stream<Path> repositories() {
    try (Stream<Path> all = Files.walk(home)) {
      return all
          .filter(path -> path.getFileName().toString().matches("[^.].*[.]git"))
          .filter(path -> Files.isDirectory(path.resolve("objects")))
          .filter(path -> Files.isRegularFile(path.resolve("config")))
          .toList()
          .stream();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Every commit of every branch, with its message and its change; what nobody points to, too. */
  private static String history(Path repository) {
    try {
      Process git =
          new ProcessBuilder(
                  "git",
                  "-c",
                  "safe.directory=*",
                  "--git-dir=" + repository,
                  "log",
                  "--all",
                  "--text",
                  "-p")
              .redirectErrorStream(true)
              .start();
      String text = new String(git.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(git.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(git.exitValue()).as(text).isZero();
      return text;
    } catch (IOException | InterruptedException failed) {
      throw new AssertionError("git could not be run", failed);
    }
  }
}
