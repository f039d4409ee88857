package dev.knight.agent;

import dev.knight.bridge.BridgeClient;
import dev.knight.bridge.BridgeListener;
import dev.knight.bridge.JournalEntry;
import dev.knight.home.KnightHome;
import dev.knight.job.JobId;
import dev.knight.job.UnavailableException;
import dev.knight.pi.PiRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** The conversations that an earlier service left, looked at all at once. */
final class Leftovers {
  private static final Logger LOG = Logger.getLogger(Leftovers.class);

  /** A conversation's name begins with its job's number. */
  private static final Pattern NAME = Pattern.compile("([1-9][0-9]{0,17})(?:-[A-Za-z0-9-]{1,63})?");

  private static final Duration QUICK = Duration.ofSeconds(3);

  /** The bridge takes 5 s for each of three stages, and 2 s for its readers. */
  private static final Duration END = Duration.ofSeconds(20);

  private final KnightHome home;
  private final BridgeHouse house;
  private final Map<String, CompletableFuture<Void>> looking = new ConcurrentHashMap<>();

  Leftovers(KnightHome home, BridgeHouse house) {
    this.home = home;
    this.house = house;
  }

  /**
   * Leaves alone what works for a job in {@code running}, ends everything else, and returns when
   * that is done, or after {@code patience}: then it goes on by itself.
   */
  void settle(Set<JobId> running, Duration patience) {
    await(names().stream().map(name -> begin(name, running)).toList(), patience);
  }

  /** Ends what works for {@code job}. */
  void end(JobId job, Duration patience) {
    await(
        names().stream()
            .filter(name -> job(name).equals(job))
            .map(name -> begin(name, Set.of()))
            .toList(),
        patience);
  }

  private static void await(List<CompletableFuture<Void>> all, Duration patience) {
    try {
      CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
          .get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      LOG.infof("Conversations that were left behind are still being ended");
    } catch (ExecutionException failed) {
      LOG.warnf(
          "Not every conversation that was left behind could be ended: %s", failed.getCause());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until nothing is done to the conversation {@code name} any more. */
  void await(String name) {
    Optional.ofNullable(looking.get(name))
        .ifPresent(look -> {
          try {
            look.get(END.plus(QUICK).toMillis(), TimeUnit.MILLISECONDS);
          } catch (ExecutionException | TimeoutException _) {
            return; // whoever opens it looks for himself
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private CompletableFuture<Void> begin(String name, Set<JobId> running) {
    CompletableFuture<Void> look =
        CompletableFuture.runAsync(
            () -> settle(name, running.contains(job(name))), Thread::startVirtualThread);
    looking.put(name, look);
    return look.whenComplete((_, _) -> looking.remove(name, look));
  }

  private void settle(String name, boolean wanted) {
    boolean lives = house.lives(name);
    if (!lives && !Files.exists(home.socket(name))) {
      return; // it ended in order
    }
    long start = System.nanoTime();
    Remains.Fate fate = new Remains(lives, lives && answers(name), wanted).fate();
    switch (fate) {
      case TAKEN_BACK -> {}
      case STOPPED -> {
        stop(name);
        house.clear(name);
      }
      case CLEARED -> house.clear(name);
    }
    LOG.infof(
        "job=%s conversation=%s %s in %d ms",
        job(name), name, sentence(fate), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
  }

  private static String sentence(Remains.Fate fate) {
    return switch (fate) {
      case TAKEN_BACK -> "Its agent works on and was found";
      case STOPPED -> "Its agent was ended, as nobody wants it";
      case CLEARED -> "Its agent is dead, and what it left was cleared away";
    };
  }

  private boolean answers(String name) {
    try (BridgeClient client = BridgeClient.connect(home.socket(name), new Deaf())) {
      client.pi().get(QUICK.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (IOException | ExecutionException | TimeoutException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Asks it to end; who does not is killed after that. */
  private void stop(String name) {
    try (BridgeClient client = BridgeClient.connect(home.socket(name), new Deaf())) {
      client.stop().get(QUICK.toMillis(), TimeUnit.MILLISECONDS);
      house.awaitEnd(name, END);
    } catch (IOException | ExecutionException | TimeoutException _) {
      return; // it is killed next
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private List<String> names() {
    if (!Files.isDirectory(home.run())) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(home.run())) {
      return entries
          .filter(Files::isDirectory)
          .map(directory -> directory.getFileName().toString())
          .filter(name -> NAME.matcher(name).matches())
          .toList();
    } catch (IOException e) {
      throw new UnavailableException("knight's home cannot be read", e);
    }
  }

  private static JobId job(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(name);
    }
    return new JobId(Long.parseLong(matcher.group(1)));
  }

  /** Only whether it answers is of interest. */
  private static final class Deaf implements BridgeListener {
    @Override
    public void entry(JournalEntry entry) {}

    @Override
    public void caughtUp() {}

    @Override
    public void live(PiRecord record) {}

    @Override
    public void closed() {}
  }
}
