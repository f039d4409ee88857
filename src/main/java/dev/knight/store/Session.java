package dev.knight.store;

import dev.knight.job.JobId;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** On whose connection {@link Sql} is spoken, and what it may do there. */
interface Session {
  /**
   * The statement that says {@code text} in the transaction that this thread is in. It is there for
   * whoever says the same again, and so nobody closes it.
   */
  PreparedStatement prepared(String text) throws SQLException;

  /** Whether this thread is the one that may write. */
  boolean isWriting();

  /** Something of {@code job} was written; whoever looks on hears of it once it is committed. */
  void touched(JobId job);
}
