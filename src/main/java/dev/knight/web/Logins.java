package dev.knight.web;

import dev.knight.home.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The browsers that are let in. Whoever can read the home gets a word that lets one browser in,
 * once and soon; the browser gets a longer word for its cookie. Of both only digests are kept,
 * those of the browsers in a file, so that a restart sends nobody away.
 */
public final class Logins {
  private static final Logger LOG = Logger.getLogger(Logins.class);
  private static final int BYTES = 32;
  private static final int MOST = 32;

  /** How long a word for one browser is good. */
  static final Duration SOON = Duration.ofSeconds(60);

  /** How long a browser stays. */
  static final Duration STAY = Duration.ofDays(30);

  private final Path file;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Invitation> invitations = new LinkedHashMap<>();
  private final Map<String, Instant> browsers = new LinkedHashMap<>();
  private final Map<String, Set<Runnable>> watchers = new HashMap<>();

  /**
   * Keeps the browsers in {@code file}, and lets in those that are in there already. A file that
   * cannot be read lets nobody in.
   */
  public Logins(Path file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
    read();
  }

  /**
   * A word that lets one browser in.
   *
   * @param browser the digest of whom it has let in, if it was used
   */
  private record Invitation(Instant end, @Nullable String browser) {}

  /** A word that is good once and soon. */
  record Word(String text, Instant end) {}

  /** Makes a word that lets one browser in. */
  synchronized Word invite() {
    Instant now = clock.instant();
    invitations.values().removeIf(old -> !now.isBefore(old.end()));
    trim(invitations);
    String word = word();
    Instant end = now.plus(SOON);
    invitations.put(digest(word), new Invitation(end, null));
    return new Word(word, end);
  }

  /**
   * Lets the browser in that came with {@code word}. If somebody came with it before, one of the
   * two may have stolen it: neither stays.
   *
   * @return what the browser shows from now on, or empty if the word is not good
   */
  Optional<String> enter(String word) {
    List<Runnable> looking = new ArrayList<>();
    Optional<String> shown = enter(word, looking);
    looking.forEach(Runnable::run);
    return shown;
  }

  private synchronized Optional<String> enter(String word, List<Runnable> looking) {
    Instant now = clock.instant();
    Invitation invitation = invitations.get(digest(word));
    if (invitation == null || !now.isBefore(invitation.end())) {
      return Optional.empty();
    }
    if (invitation.browser() != null) {
      LOG.warn("A link of knight open was used twice: whoever came by it is sent away");
      looking.addAll(sendAway(invitation.browser()));
      return Optional.empty();
    }
    browsers.values().removeIf(end -> !now.isBefore(end));
    trim(browsers);
    String shown = word();
    browsers.put(digest(shown), now.plus(STAY));
    invitations.put(digest(word), new Invitation(invitation.end(), digest(shown)));
    write();
    return Optional.of(shown);
  }

  /** Whether a browser that shows {@code shown} is let in. */
  synchronized boolean isIn(String shown) {
    Instant end = browsers.get(digest(shown));
    return end != null && clock.instant().isBefore(end);
  }

  /** Sends the browser away that shows {@code shown}. */
  void leave(String shown) {
    sendAway(digest(shown)).forEach(Runnable::run);
  }

  /**
   * Runs {@code end} when the browser that shows {@code shown} is sent away: what it still looks at
   * is to end then.
   *
   * @return forgets that again
   */
  synchronized Runnable whenSentAway(String shown, Runnable end) {
    String browser = digest(shown);
    watchers.computeIfAbsent(browser, _ -> new HashSet<>()).add(end);
    return () -> forget(browser, end);
  }

  private synchronized void forget(String browser, Runnable end) {
    watchers.computeIfPresent(browser, (_, all) -> all.remove(end) && all.isEmpty() ? null : all);
  }

  /**
   * What is to be run without the lock: it waits for a connection that may be about to {@link
   * #forget}.
   */
  private synchronized Set<Runnable> sendAway(String browser) {
    if (browsers.remove(browser) != null) {
      write();
    }
    Set<Runnable> looking = watchers.remove(browser);
    return looking == null ? Set.of() : looking;
  }

  private String word() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static <T> void trim(Map<String, T> oldestFirst) {
    while (oldestFirst.size() >= MOST) {
      oldestFirst.remove(oldestFirst.keySet().iterator().next());
    }
  }

  private void read() {
    if (!Files.exists(file)) {
      return;
    }
    try {
      for (String line : Files.readAllLines(file)) {
        String[] parts = line.split(" ", 2);
        browsers.put(parts[0], Instant.parse(parts[parts.length - 1]));
      }
    } catch (IOException | DateTimeParseException unreadable) {
      LOG.warnf("%s cannot be read, so every browser has to come in anew: %s", file, unreadable);
      browsers.clear();
    }
  }

  private void write() {
    String lines =
        browsers.entrySet().stream()
            .map(browser -> browser.getKey() + " " + browser.getValue() + "\n")
            .collect(Collectors.joining());
    try {
      WholeFile.write(file, to -> to.write(lines.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException unwritable) {
      throw new UncheckedIOException(file + " cannot be written", unwritable);
    }
  }

  private static String digest(String word) {
    try {
      byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("Every Java platform has SHA-256", missing);
    }
  }
}
