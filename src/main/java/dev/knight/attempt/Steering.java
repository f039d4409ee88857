package dev.knight.attempt;

import dev.knight.agent.Session;
import dev.knight.agent.Session.Told;
import dev.knight.hygiene.Sanitized;
import dev.knight.hygiene.Sanitizer;
import dev.knight.job.Assumption;
import dev.knight.job.JobStore;
import dev.knight.job.LeaseLostException;
import dev.knight.job.Mention;
import dev.knight.job.StoredMention;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Tells the agent what people add while it works, between two of its tool calls. It is delivered
 * once the agent has it, by the agent's own word, and not before: what waits in an agent that dies
 * or ends is told again, by this or as a prompt of its own.
 */
final class Steering implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Steering.class);

  private final Session session;
  private final Prompts prompts;
  private final JobStore store;
  private final Progress progress;
  private final Executor aside;
  private final Sanitizer sanitizer = new Sanitizer();
  private final AtomicBoolean looking = new AtomicBoolean();

  /** What the attempt itself tells, as prompts. */
  private final Set<String> prompted = new HashSet<>();

  private volatile boolean closed;

  /**
   * Looks on each beat from now on.
   *
   * @param session the one that changes the code
   * @param aside runs the look, which may take long, beside the one who beats
   */
  Steering(Session session, Prompts prompts, JobStore store, Progress progress, Executor aside) {
    this.session = session;
    this.prompts = prompts;
    this.store = store;
    this.progress = progress;
    this.aside = aside;
    progress.onBeat(this::beat);
  }

  /** What {@code mention} is called in the conversation, however the agent is told of it. */
  static String key(Mention mention) {
    return "more " + mention.nodeId();
  }

  /**
   * Whether the agent has heard {@code later} while it worked. If not, it is the caller's to tell,
   * and is not told here any more.
   */
  synchronized boolean has(StoredMention later) {
    if (session.told(key(later.mention())) != Told.HEARD) {
      prompted.add(later.mention().nodeId());
      return false;
    }
    if (!later.delivered()) {
      deliver(later.mention());
    }
    return true;
  }

  /** A turn is over: what was heard in it is delivered, before anybody asks what is not. */
  synchronized void settle() {
    for (StoredMention later : store.mentions(progress.job().id())) {
      if (!later.delivered() && session.told(key(later.mention())) == Told.HEARD) {
        deliver(later.mention());
      }
    }
  }

  /** Tells the agent {@code words} of knight's own while it works, once for each {@code key}. */
  synchronized void hint(String key, String words) {
    if (!closed && session.told(key) == Told.NOT) {
      session.steer(key, words);
    }
  }

  private void beat() {
    if (!closed && looking.compareAndSet(false, true)) {
      aside.execute(() -> {
        try {
          look();
        } catch (LeaseLostException over) {
          LOG.debugf("%s", over.getMessage()); // the attempt meets this by itself
        } finally {
          looking.set(false);
        }
      });
    }
  }

  private synchronized void look() {
    if (store.assumptions(progress.job().id()).stream().anyMatch(Assumption::holds)) {
      return; // it may be an answer, which is weighed when the turn is over: see Assumed
    }
    // What the job was made for is its first prompt.
    List<StoredMention> added = store.mentions(progress.job().id()).stream().skip(1).toList();
    for (StoredMention next : added) {
      boolean due = !next.delivered() && !prompted.contains(next.mention().nodeId());
      boolean may = !closed && isAddition(next.mention()) && isAllInWords(next.mention());
      if (due && may && !told(next.mention())) {
        return; // what was said first is heard first
      }
    }
  }

  /** What is asked beside the task is answered once the agent has a moment. */
  private static boolean isAddition(Mention mention) {
    return switch (mention.order()) {
      case ASK, REVIEW -> false;
      case DO, PLAN, GO, RETRY, STATUS, HELP, STOP -> true;
    };
  }

  /** A review says much on single lines, which needs a prompt of its own. */
  private boolean isAllInWords(Mention mention) {
    return switch (mention.source()) {
      case ISSUE, ISSUE_COMMENT, COMMAND -> true;
      case REVIEW_COMMENT -> store.remarks(mention.nodeId()).isEmpty();
      case REVIEW, WATCH -> false;
    };
  }

  /** Sees to it that the agent is told; false if it cannot be told now. */
  private boolean told(Mention mention) {
    return switch (session.told(key(mention))) {
      case HEARD -> {
        deliver(mention);
        yield true;
      }
      case NOT -> {
        String words = sanitizer.markdown(mention.text()).text();
        yield session.steer(key(mention), prompts.steer(mention, words));
      }
      case WAITS, ASKED -> true;
    };
  }

  private void deliver(Mention mention) {
    store.delivered(List.of(mention.nodeId()));
    progress.tell(
        "prompt",
        "While it worked, the agent heard what %s added".formatted(mention.author().login()));
    Sanitized words = sanitizer.markdown(mention.text());
    if (!words.removed().isNothing()) {
      progress.tell("sanitized", "Left out of what the agent reads: " + words.removed());
    }
  }

  /** Tells nothing more. */
  @Override
  public void close() {
    closed = true;
  }
}
