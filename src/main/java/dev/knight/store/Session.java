package dev.knight.store;

import dev.knight.job.JobId;
import java.sql.Connection;

/** On whose connection {@link Sql} is spoken, and what it may do there. */
interface Session {
  /** The connection of the transaction that this thread is in. */
  Connection connection();

  /** Whether this thread is the one that may write. */
  boolean isWriting();

  /** Something of {@code job} was written; whoever looks on hears of it once it is committed. */
  void touched(JobId job);
}
