package dev.knight.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;

/** What one answer comes to: told to the account while it passes, and for good at its end. */
final class Bill {
  private final Vertx vertx;
  private final Account.Call call;
  private final Reading reading;
  private final long asked;
  private boolean charged;
  private boolean left;
  private boolean closed;

  Bill(Vertx vertx, Account.Call call, Api api) {
    this.vertx = vertx;
    this.call = call;
    this.reading = new Reading(api);
    this.asked = call.question().body().length();
  }

  /** The provider works on it, and is paid for that from now on, whatever becomes of it. */
  void isCharged() {
    charged = true;
  }

  /** The provider declined, and nobody pays for that. */
  void isFree() {
    charged = false;
  }

  /**
   * Who asked went away before the end. The provider may have made all of an answer of which little
   * was seen, so that hanging up must not be the cheap way.
   */
  void isLeft() {
    left = true;
    close();
  }

  /** The next piece of the answer, before pi gets it. */
  void hears(Buffer part) {
    if (charged && !closed) {
      reading.feed(part.getBytes());
      call.counts(reading.said(), reading.isTold());
    }
  }

  /** There is no more of it; may be called again. */
  void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (charged) {
      call.uses(left ? reading.worst(asked, call.question().most()) : reading.result(asked));
    } else {
      call.isFree();
    }
    vertx.executeBlocking(
        () -> {
          call.keep();
          return true;
        },
        false);
  }
}
