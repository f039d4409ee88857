package dev.knight.overlay;

import dev.knight.home.KnightHome;
import dev.knight.job.JobId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Shows directories that lie in layers, each by one {@link Keeper} for as long as anybody looks.
 * One for each home. For any thread.
 */
public final class Overlays {
  private static final Logger LOG = Logger.getLogger(Overlays.class);

  private static final Pattern RECORD = Pattern.compile("([1-9][0-9]{0,17})(?:-base)?\\.overlay");

  private final KnightHome home;
  private final Map<Path, Integer> looking = new ConcurrentHashMap<>();
  private volatile boolean wanted;
  private volatile boolean left;

  /**
   * Nothing is tried yet.
   *
   * @param wanted whether new directories are to lie in layers
   */
  public Overlays(KnightHome home, boolean wanted) {
    this.home = home;
    this.wanted = wanted;
  }

  /** Whether new directories are to lie in layers. */
  public boolean isWanted() {
    return wanted;
  }

  /**
   * Whether {@code layers}, which are new, can be shown on this machine. If not, they are not
   * wanted any more.
   */
  public boolean fits(Layers layers) throws IOException {
    try (Sight _ = sight(layers)) {
      return true;
    } catch (LayersException refused) {
      giveUp(refused);
      return false;
    }
  }

  /** From now on no new directory is to lie in layers, because of {@code refused}. */
  public void giveUp(LayersException refused) {
    wanted = false;
    LOG.infof("Each worktree has all of its files itself: %s", refused.getMessage());
  }

  /**
   * Shows {@code layers}, to whoever looks already or anew. With the last sight that is closed it
   * is over, also for a keeper that an earlier service has left.
   *
   * @throws LayersException if this machine cannot do it
   */
  public Sight sight(Layers layers) throws IOException {
    if (!layers.isPlain()) {
      throw new LayersException(
          "the path %s has letters that mount reads otherwise".formatted(layers.own()));
    }
    Path directory = layers.own();
    try {
      looking.compute(
          directory,
          (_, others) -> {
            show(layers);
            return others == null ? 1 : others + 1;
          });
    } catch (UncheckedIOException failed) {
      throw failed.getCause();
    }
    return new Sight(root(directory), () -> close(directory));
  }

  private void show(Layers layers) {
    try {
      if (Keeper.find(home, layers.own()).isEmpty()) {
        Keeper.start(home, layers);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private Path root(Path directory) throws IOException {
    Optional<Keeper> keeper = Keeper.find(home, directory);
    if (keeper.isEmpty()) {
      throw new LayersException("What showed %s has ended".formatted(directory));
    }
    return keeper.get().root();
  }

  private void close(Path directory) {
    looking.computeIfPresent(
        directory,
        (_, all) -> {
          if (all > 1) {
            return all - 1;
          }
          if (!left) {
            ended(directory);
          }
          return null;
        });
  }

  /** The service ends. What it shows stays, for agents that work on and for the next service. */
  public void leave() {
    left = true;
  }

  /** Whether somebody looks at {@code directory} in this service's life. */
  public boolean isHeld(Path directory) {
    return looking.containsKey(directory);
  }

  /** Whether somebody shows {@code directory}, in this service's life or since an earlier one. */
  public boolean isShown(Path directory) throws IOException {
    return Keeper.find(home, directory).isPresent();
  }

  /** Shows {@code directory} no longer, whoever looks. */
  public void end(Path directory) {
    looking.compute(
        directory,
        (_, _) -> {
          ended(directory);
          return null;
        });
  }

  private void ended(Path directory) {
    try {
      Keeper.end(home, directory);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Ends what an earlier service has left, but for the jobs in {@code running}. */
  public void endOthers(Set<JobId> running) {
    if (!Files.isDirectory(home.run())) {
      return;
    }
    try (Stream<Path> entries = Files.list(home.run())) {
      entries
          .map(entry -> RECORD.matcher(entry.getFileName().toString()))
          .filter(Matcher::matches)
          .filter(record -> !running.contains(new JobId(Long.parseLong(record.group(1)))))
          .forEach(record -> end(shownBy(record.group())));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private Path shownBy(String record) {
    return home.worktrees().resolve(record.substring(0, record.lastIndexOf('.')));
  }
}
