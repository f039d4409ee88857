package dev.knight.github;

/**
 * Is told of each request that leaves for GitHub. Nothing depends on it, so it must be quick and
 * must not fail; any thread may call.
 */
public interface RequestListener {
  /** Hears nothing. */
  RequestListener NONE = (kind, result) -> {};

  /** A request of that kind was answered so. */
  void asked(Kind kind, Result result);

  /** What a request is for. */
  enum Kind {
    /** It reads. */
    READ,
    /** It reads what only GraphQL has. */
    QUERY,
    /** It changes something. */
    WRITE
  }

  /** What came of a request. */
  enum Result {
    /** It did what it was for. */
    OK,
    /** Nothing is new, which costs nothing. */
    NOT_MODIFIED,
    /** GitHub does not do that: the fault is the request's, or the token's. */
    REFUSED,
    /** GitHub wants a pause. */
    LIMITED,
    /** GitHub has a problem of its own. */
    FAILED,
    /** No whole answer came. */
    UNREACHABLE;

    static Result of(HttpReply reply) {
      if (reply.status() == 304) {
        return NOT_MODIFIED;
      }
      if (RateLimits.isLimit(reply)) {
        return LIMITED;
      }
      return reply.status() < 400 ? OK : reply.status() < 500 ? REFUSED : FAILED;
    }
  }
}
