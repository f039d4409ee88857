package dev.knight.store;

import dev.knight.job.MisconfiguredException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Supplier;
import org.h2.api.ErrorCode;

/** Says who must act when the database itself fails: nearly always the operator. */
public final class StoreFailure {
  private StoreFailure() {}

  /**
   * What the operator is told, if {@code failure} comes from the store's file and not from a bug.
   *
   * @param failure what was thrown, at start or later
   * @param holder who is known to hold the store, if anybody
   */
  public static Optional<MisconfiguredException> in(Throwable failure, Optional<String> holder) {
    return database(failure)
        .flatMap(error -> sentence(error, holder))
        .map(sentence -> new MisconfiguredException(sentence, failure));
  }

  /** Does {@code work}; a failure of the store's file becomes a sentence for the operator. */
  static <T> T explained(Supplier<T> work) {
    try {
      return work.get();
    } catch (MisconfiguredException told) {
      throw told;
    } catch (RuntimeException failure) {
      Optional<MisconfiguredException> operators = in(failure, Optional.empty());
      if (operators.isPresent()) {
        throw operators.get();
      }
      throw failure;
    }
  }

  private static Optional<SQLException> database(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < 20; depth++) {
      if (cause instanceof SQLException error) {
        return Optional.of(error);
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }

  private static Optional<String> sentence(SQLException error, Optional<String> holder) {
    return switch (error.getErrorCode()) {
      case ErrorCode.DATABASE_ALREADY_OPEN_1 ->
          Optional.of(
              "The store is open in another process (%s): stop that one, or give this one its own KNIGHT_HOME"
                  .formatted(holder.orElse("its name is not known")));
      case ErrorCode.IO_EXCEPTION_1,
          ErrorCode.IO_EXCEPTION_2,
          ErrorCode.DATABASE_IS_CLOSED,
          ErrorCode.DATABASE_CALLED_AT_SHUTDOWN ->
          Optional.of(
              "The store cannot be written any more, as when its disk is full; nothing that was"
                  + " confirmed is lost: make room, then start knight again");
      case ErrorCode.DATABASE_IS_READ_ONLY, ErrorCode.FILE_CREATION_FAILED_1 ->
          Optional.of("The store's file may not be written: give its owner the right to write it");
      case ErrorCode.FILE_CORRUPTED_1, ErrorCode.FILE_VERSION_ERROR_1 ->
          Optional.of(
              "The store's file cannot be read, as it is damaged or from another knight: restore a"
                  + " backup, or start with the knight that wrote it");
      default -> Optional.empty();
    };
  }
}
