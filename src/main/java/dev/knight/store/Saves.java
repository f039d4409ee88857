package dev.knight.store;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Counts what was committed, and how much of it survives the death of the process. To save many
 * commits costs little more than to save one, so those who have committed wait here until somebody
 * has saved for them all.
 */
final class Saves {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Nothing to do as long as the database saves each commit by itself. */
  private volatile Runnable save = () -> {};

  /** What somebody can read is of this write or an earlier one; changed by the writer alone. */
  private volatile long committed;

  /** Changed only under the lock. */
  private volatile long saved;

  /** Why the last save failed, if it did; guarded by the lock. */
  private @Nullable RuntimeException failure;

  /** From now on the database saves what is committed when it is told to by {@code how}. */
  void by(Runnable how) {
    save = how;
  }

  /** The writer is about to commit. */
  void committing() {
    long next = committed + 1; // there is one writer
    committed = next;
  }

  /** The newest write of which somebody may have read something. */
  long committed() {
    return committed;
  }

  /** How many writes survive the death of the process. */
  long saved() {
    return saved;
  }

  /** How many writes wait for a save. */
  long pending() {
    return committed - saved;
  }

  /** The writer saves all that was committed. What fails is told to those who wait for it, too. */
  void save() {
    long all = committed;
    try {
      save.run();
    } catch (RuntimeException failed) {
      ended(all, failed);
      throw failed;
    } catch (Error failed) {
      ended(all, new IllegalStateException("The store was not saved", failed));
      throw failed;
    }
    ended(all, null);
  }

  private void ended(long all, @Nullable RuntimeException failed) {
    lock.lock();
    try {
      failure = failed;
      if (failed == null) {
        saved = all;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Returns when {@code write} is saved; throws what its save threw. */
  void await(long write) {
    if (write <= saved) {
      return;
    }
    lock.lock();
    try {
      while (saved < write) {
        if (failure != null) {
          throw failure;
        }
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }
}
