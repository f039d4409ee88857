package dev.knight.overlay;

import dev.knight.home.KnightHome;
import dev.knight.job.JobId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Shows directories that lie in layers, each by one {@link Keeper} for as long as anybody looks.
 * One for each home. For any thread.
 */
public final class Overlays {
  private static final Logger LOG = Logger.getLogger(Overlays.class);

  private final KnightHome home;
  private final Map<Path, Integer> looking = new ConcurrentHashMap<>();

  /** What an earlier service has left, and nobody has worked in since. */
  private final Set<Path> inherited = ConcurrentHashMap.newKeySet();

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
    try {
      Layers real = layers.real();
      apart(
          real.own(),
          others -> {
            if (others == 0) {
              Keeper.start(home, real).end(home);
            }
            return others;
          });
      return true;
    } catch (LayersException refused) {
      giveUp(refused);
      return false;
    }
  }

  private void giveUp(LayersException refused) {
    wanted = false;
    LOG.warnf("Each new worktree has all of its files itself: %s", refused.getMessage());
  }

  /**
   * Shows {@code layers}, to whoever looks already or anew. With the last sight that is closed it
   * is over, but what an earlier service has left stays until somebody works in it. Where the
   * keeper was killed, whoever was shown the files by it is ended first.
   *
   * @throws LayersException if this machine cannot do it
   */
  public Sight sight(Layers layers) throws IOException {
    Layers real = layers.real();
    Path directory = real.own();
    apart(
        directory,
        others -> {
          if (!isShown(directory)) {
            Stragglers.end(directory);
            inherited.remove(directory);
            Keeper.start(home, real);
          } else if (others == 0) {
            inherited.add(directory);
          }
          return others + 1;
        });
    try {
      return new Sight(root(directory), () -> close(directory));
    } catch (IOException ended) {
      close(directory);
      throw ended;
    }
  }

  /**
   * The same for somebody who works there, perhaps on with what an earlier service began: that is
   * over, too, with the last sight.
   */
  public Sight hold(Layers layers) throws IOException {
    Sight sight = sight(layers);
    inherited.remove(Keeper.real(layers.own()));
    return sight;
  }

  private Path root(Path directory) throws IOException {
    Optional<Keeper> keeper = Keeper.find(home, directory);
    if (keeper.isEmpty()) {
      throw new IOException("What showed %s has ended".formatted(directory));
    }
    return keeper.get().root();
  }

  private void close(Path directory) {
    try {
      apart(
          directory,
          all -> {
            if (all == 1 && !left && !inherited.contains(directory)) {
              Keeper.end(home, directory);
            }
            return Math.max(0, all - 1);
          });
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The service ends. What it shows stays, for agents that work on and for the next service. */
  public void leave() {
    left = true;
  }

  /** Whether somebody shows {@code directory}, in this service's life or since an earlier one. */
  public boolean isShown(Path directory) throws IOException {
    return Keeper.find(home, directory).isPresent();
  }

  /** Shows {@code directory}, which is about to go, no longer, whoever looks or works in it. */
  public void end(Path directory) throws IOException {
    Path real = Keeper.real(directory);
    apart(
        real,
        _ -> {
          Keeper.end(home, real);
          inherited.remove(real);
          return 0;
        });
  }

  /** Work on a directory that nobody is shown. */
  @FunctionalInterface
  public interface Work {
    /** Does it. */
    void run() throws IOException;
  }

  /**
   * Does {@code work} on {@code directory} itself, unless somebody looks at it; until that is done
   * nobody does. Whoever works in it since an earlier service's life is ended first.
   *
   * @return whether it was done
   */
  public boolean unlessSeen(Path directory, Work work) throws IOException {
    Path real = Keeper.real(directory);
    return !apart(
        real,
        others -> {
          if (others == 0) {
            Keeper.end(home, real);
            Stragglers.end(real);
            inherited.remove(real);
            work.run();
          }
          return others;
        });
  }

  /**
   * Ends what an earlier service has left, but for the jobs in {@code running}: whoever looked at a
   * second worktree is gone with it.
   */
  public void endOthers(Set<JobId> running) {
    Set<String> kept = running.stream().map(JobId::toString).collect(Collectors.toSet());
    try {
      for (Keeper keeper : Keeper.all(home)) {
        if (!kept.contains(keeper.directory().getFileName().toString())) {
          endOther(keeper);
        }
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** One that stays is met again by whoever wants to show its directory anew. */
  private void endOther(Keeper keeper) {
    try {
      keeper.end(home);
      Stragglers.end(keeper.directory());
    } catch (IOException stays) {
      LOG.warnf("What an earlier service left is still there: %s", stays.getMessage());
    }
  }

  /** What becomes of the number of those who look at a directory. */
  @FunctionalInterface
  private interface Change {
    int of(int looking) throws IOException;
  }

  /**
   * Changes how many look at {@code directory}, while nobody else changes it.
   *
   * @return whether somebody looks then
   */
  private boolean apart(Path directory, Change change) throws IOException {
    try {
      return looking.compute(
              directory,
              (_, before) -> {
                try {
                  int after = change.of(before == null ? 0 : before);
                  return after == 0 ? null : after;
                } catch (IOException failed) {
                  throw new UncheckedIOException(failed);
                }
              })
          != null;
    } catch (UncheckedIOException failed) {
      throw failed.getCause();
    }
  }
}
