package dev.knight.egress;

import dev.knight.job.MisconfiguredException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the operator lets repositories choose from. */
public final class NetworkOffer {
  /** The word for nothing at all. */
  private static final String NONE = "none";

  private final List<String> words;

  private NetworkOffer(List<String> words) {
    this.words = words;
  }

  /**
   * An offer of {@code words}, each the name of a set, {@code host} or {@code host:port}. What the
   * sets hold is read when a repository chooses, and no start waits for it.
   *
   * @throws MisconfiguredException when one is neither
   */
  public static NetworkOffer of(List<String> words) {
    Set<String> names = setNames();
    for (String word : words) {
      if (!isWord(word, names)) {
        throw new MisconfiguredException(
            "knight.network.offer: '%s' is neither host, host:port nor one of %s"
                .formatted(word, names));
      }
    }
    return new NetworkOffer(List.copyOf(words));
  }

  /** The names of the sets, for people. */
  public static Set<String> setNames() {
    return NamedSets.names();
  }

  /** Whether {@code word} is the name of a set, {@code host}, {@code host:port} or the none. */
  public static boolean isWord(String word) {
    return isWord(word, setNames());
  }

  private static boolean isWord(String word, Set<String> names) {
    String name = name(word);
    return name.equals(NONE) || names.contains(name) || Target.written(word).isPresent();
  }

  /**
   * What a repository gets.
   *
   * @param allowed what it asked for and is offered
   * @param missing the words that ask for more than is offered, as they were written
   */
  public record Choice(Set<Target> allowed, List<String> missing) {
    public Choice {
      allowed = Set.copyOf(allowed);
      missing = List.copyOf(missing);
    }
  }

  /** What of {@code wishes}, which a repository wrote, it gets. */
  public Choice choose(List<String> wishes) {
    Map<String, Set<Target>> sets = NamedSets.read();
    Set<Target> offered = new LinkedHashSet<>();
    words.forEach(word -> targets(sets, word).ifPresent(offered::addAll));
    Set<Target> allowed = new LinkedHashSet<>();
    List<String> missing = new ArrayList<>();
    for (String wish : wishes) {
      Optional<Set<Target>> wanted = targets(sets, wish);
      if (wanted.filter(offered::containsAll).isEmpty()) {
        missing.add(wish);
      }
      wanted.ifPresent(targets -> targets.stream().filter(offered::contains).forEach(allowed::add));
    }
    return new Choice(allowed, missing);
  }

  private static Optional<Set<Target>> targets(Map<String, Set<Target>> sets, String word) {
    String name = name(word);
    if (name.equals(NONE)) {
      return Optional.of(Set.of());
    }
    return sets.containsKey(name) ? Optional.of(sets.get(name)) : Target.written(word).map(Set::of);
  }

  private static String name(String word) {
    return word.toLowerCase(Locale.ROOT);
  }
}
