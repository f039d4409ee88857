package dev.knight.fake;

import dev.knight.agent.Agent;
import dev.knight.agent.Session;
import dev.knight.agent.SessionRequest;
import dev.knight.agent.Turn;
import dev.knight.job.JobId;
import dev.knight.job.Spent;
import dev.knight.job.UnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An agent whose answers are made up beforehand. It keeps a journal of each conversation that
 * outlives the service: a prompt that was answered is not asked again, and one under way goes on
 * without the service or dies with it.
 */
public final class FakeAgent {
  private final Mind mind;
  private final Map<String, Journal> journals = new LinkedHashMap<>();

  /** An agent with the ideas of {@code mind}. */
  public FakeAgent(Mind mind) {
    this.mind = mind;
  }

  /** What the agent is going to do. */
  public interface Mind {
    /** What it does about the prompt {@code key} of {@code conversation}. */
    Plan plan(String conversation, String key);
  }

  /**
   * What it does about one prompt: some requests to the model, and a last word.
   *
   * @param requests at least one
   */
  public record Plan(List<Request> requests, Turn end) {}

  /**
   * One request to the model, and the file that it writes for the answer.
   *
   * @param cost what the provider takes for it
   * @param file where it writes, or empty
   */
  public record Request(BigDecimal cost, Optional<String> file, String content) {}

  /** What the world does while the model thinks. */
  public interface Pace {
    /** One request is under way; returns once it is answered. */
    void think(String conversation, String key);
  }

  /** The agent as one life of the service reaches it. */
  public Agent at(Pace pace) {
    return new Agent() {
      @Override
      public void check() {}

      @Override
      public Session session(SessionRequest request) {
        String name = request.name();
        return new FakeSession(
            journals.computeIfAbsent(name, Journal::new), request.worktree(), pace);
      }
    };
  }

  /**
   * The service died. The prompts under way of those conversations that {@code outlives} names wait
   * for the next one, since the way to the model leads through it; the others are cut off.
   */
  public void orphan(Predicate<String> outlives) {
    for (Journal journal : journals.values()) {
      journal.watchers.clear();
      if (journal.open != null && !outlives.test(journal.name)) {
        journal.open = null;
      }
    }
  }

  /** What each conversation of {@code job} has cost. */
  public Map<String, Spent> costs(JobId job) {
    Map<String, Spent> costs = new HashMap<>();
    for (Journal journal : journals.values()) {
      if (journal.name.equals(job.toString()) || journal.name.startsWith(job + "-")) {
        costs.put(journal.name, journal.spent);
      }
    }
    return costs;
  }

  /** How often a prompt was asked again, since it had been cut off. */
  public int repeated() {
    return journals.values().stream()
        .flatMap(journal -> journal.asked.values().stream())
        .mapToInt(times -> times - 1)
        .sum();
  }

  private static final class Open {
    private final String key;
    private final Plan plan;
    private final Path worktree;
    private int done;
    private boolean aborted;

    Open(String key, Plan plan, Path worktree) {
      this.key = key;
      this.plan = plan;
      this.worktree = worktree;
    }
  }

  /** What is known of a conversation, whoever listens. */
  private static final class Journal {
    private final String name;
    private final Map<String, Turn> answers = new HashMap<>();
    private final Map<String, Integer> asked = new HashMap<>();
    private final List<Consumer<String>> watchers = new ArrayList<>();
    private Spent spent = Spent.NOTHING;
    private Optional<String> latest = Optional.empty();
    private @Nullable Open open;

    Journal(String name) {
      this.name = name;
    }

    /** One more request is answered, or the turn is over. */
    void advance() {
      Open now = open;
      if (now == null) {
        return;
      }
      if (now.aborted) {
        answers.put(now.key, new Turn.Aborted());
        open = null;
      } else if (now.done == now.plan.requests().size()) {
        answers.put(now.key, now.plan.end());
        open = null;
      } else {
        Request request = now.plan.requests().get(now.done++);
        spent = spent.plus(new Spent(1000, 100, request.cost()));
        request.file().ifPresent(file -> write(now.worktree.resolve(file), request.content()));
      }
    }

    private static void write(Path file, String content) {
      try {
        Files.writeString(file, content);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The answer that need not be asked for again. */
    Optional<Turn> recorded(String key) {
      return switch (answers.get(key)) {
        case Turn.Finished finished -> Optional.of(finished);
        case Turn.Truncated truncated -> Optional.of(truncated);
        case Turn.Failed _, Turn.Aborted _, Turn.Stuck _ -> Optional.empty();
        case null -> Optional.empty();
      };
    }
  }

  private final class FakeSession implements Session {
    private final Journal journal;
    private final Path worktree;
    private final Pace pace;
    private final List<Consumer<String>> mine = new ArrayList<>();

    FakeSession(Journal journal, Path worktree, Pace pace) {
      this.journal = journal;
      this.worktree = worktree;
      this.pace = pace;
    }

    @Override
    public Turn prompt(String key, String text) {
      awaitIdle(key);
      Optional<Turn> recorded = journal.recorded(key);
      if (recorded.isPresent()) {
        return recorded.get();
      }
      if (journal.open == null) {
        journal.answers.remove(key);
        journal.asked.merge(key, 1, Integer::sum);
        journal.latest = Optional.of(key);
        journal.open = new Open(key, mind.plan(journal.name, key), worktree);
      }
      return await(key);
    }

    private void awaitIdle(String key) {
      Open other = journal.open;
      while (other != null && !other.key.equals(key) && journal.open == other) {
        work(other);
      }
    }

    private Turn await(String key) {
      Open mineNow = journal.open;
      while (mineNow != null && journal.open == mineNow) {
        work(mineNow);
      }
      Turn end = journal.answers.get(key);
      if (end == null) {
        throw new UnavailableException("pi ended before it was done", Optional.empty());
      }
      return end;
    }

    private void work(Open on) {
      pace.think(journal.name, on.key);
      if (journal.open == on) {
        journal.advance();
        List.copyOf(journal.watchers).forEach(watcher -> watcher.accept("works"));
      }
    }

    @Override
    public void watch(Consumer<String> listener) {
      mine.add(listener);
      journal.watchers.add(listener);
    }

    @Override
    public boolean wasAsked(String key) {
      return journal.asked.containsKey(key);
    }

    @Override
    public Optional<String> latest() {
      return journal.latest;
    }

    @Override
    public boolean isUnanswered(String key) {
      boolean open = journal.open != null && journal.open.key.equals(key);
      return wasAsked(key) && !open && journal.recorded(key).isEmpty();
    }

    @Override
    public void abort() {
      Open open = journal.open;
      if (open != null) {
        open.aborted = true;
      }
    }

    @Override
    public Spent spent() {
      return journal.spent;
    }

    @Override
    public void end() {
      pace.think(journal.name, "end");
      journal.open = null;
      close();
    }

    @Override
    public void close() {
      journal.watchers.removeAll(mine);
    }
  }
}
