package dev.knight.store;

import dev.knight.home.KnightHome;
import dev.knight.job.MisconfiguredException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Supplier;
import org.h2.api.ErrorCode;
import org.h2.mvstore.MVStoreException;

/** Says who must act when the database itself fails: nearly always the operator. */
public final class StoreFailure {
  private StoreFailure() {}

  /** What it means that the database failed. */
  private enum Kind {
    /** Another process has it. */
    HELD,
    /** It cannot be written any more, for as long as this process lives. */
    DEAD,
    /** Its file belongs to somebody else. */
    READ_ONLY,
    /** Its file is not what was written. */
    DAMAGED
  }

  /**
   * What the operator is told, if {@code failure} comes from the store's file and not from a bug.
   *
   * @param failure what was thrown, at start or later
   * @param holder who is known to hold the store, if anybody
   * @param home where backups may be
   */
  public static Optional<MisconfiguredException> in(
      Throwable failure, Optional<String> holder, KnightHome home) {
    return kind(failure).map(kind -> told(kind, failure, holder, new Copies(home).advice()));
  }

  /** What the operator is told of a store in which {@code found} is wrong. */
  static MisconfiguredException damaged(String found, KnightHome home) {
    return new MisconfiguredException(
        "The store is damaged: %s; %s".formatted(found, new Copies(home).advice()));
  }

  /**
   * Does {@code work}; a failure of the store's file becomes a sentence for the operator.
   *
   * @param watch is told when the store is dead
   */
  static <T> T explained(Supplier<T> work, StoreWatch watch) {
    try {
      return work.get();
    } catch (MisconfiguredException told) {
      throw told;
    } catch (RuntimeException failure) {
      Optional<Kind> kind = kind(failure);
      if (kind.isEmpty()) {
        throw failure;
      }
      MisconfiguredException told =
          told(kind.get(), failure, Optional.empty(), "start knight again, which says what to do");
      switch (kind.get()) {
        case DEAD, DAMAGED -> watch.died(told);
        case HELD, READ_ONLY -> {}
      }
      throw told;
    }
  }

  private static Optional<Kind> kind(Throwable failure) {
    // A write that fails in the middle of a commit is a "general error" to H2, for all it knows.
    return cause(failure, SQLException.class)
        .flatMap(error -> kind(error.getErrorCode()))
        .or(() -> cause(failure, MVStoreException.class).map(_ -> Kind.DEAD));
  }

  private static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> kind) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < 20; depth++) {
      if (kind.isInstance(cause)) {
        return Optional.of(kind.cast(cause));
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }

  private static Optional<Kind> kind(int code) {
    return switch (code) {
      case ErrorCode.DATABASE_ALREADY_OPEN_1 -> Optional.of(Kind.HELD);
      case ErrorCode.IO_EXCEPTION_1,
          ErrorCode.IO_EXCEPTION_2,
          ErrorCode.DATABASE_IS_CLOSED,
          ErrorCode.DATABASE_CALLED_AT_SHUTDOWN ->
          Optional.of(Kind.DEAD);
      case ErrorCode.DATABASE_IS_READ_ONLY, ErrorCode.FILE_CREATION_FAILED_1 ->
          Optional.of(Kind.READ_ONLY);
      case ErrorCode.FILE_CORRUPTED_1, ErrorCode.FILE_VERSION_ERROR_1 -> Optional.of(Kind.DAMAGED);
      default -> Optional.empty();
    };
  }

  private static MisconfiguredException told(
      Kind kind, Throwable failure, Optional<String> holder, String advice) {
    String sentence =
        switch (kind) {
          case HELD ->
              "The store is open in another process (%s): stop that one, or give this one its own KNIGHT_HOME"
                  .formatted(holder.orElse("its name is not known"));
          case DEAD ->
              "The store cannot be written any more, as when its disk is full; nothing that was"
                  + " confirmed is lost: make room, then start knight again";
          case READ_ONLY ->
              "The store's file may not be written: give its owner the right to write it";
          case DAMAGED ->
              "The store's file cannot be read, as it is damaged or from another knight: start with"
                  + " the knight that wrote it, or "
                  + advice;
        };
    return new MisconfiguredException(sentence, failure);
  }
}
