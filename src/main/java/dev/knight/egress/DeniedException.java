package dev.knight.egress;

import java.util.Optional;

/** The proxy does not do what a client asks. */
final class DeniedException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Status status;
  private final transient Optional<String> place;

  private DeniedException(Status status, Optional<String> place, String why) {
    super(why, null, false, false);
    this.status = status;
    this.place = place;
  }

  /** The request is not wholly clear. */
  static DeniedException unclear(String why) {
    return new DeniedException(Status.BAD_REQUEST, Optional.empty(), why);
  }

  /** {@code place}, which is {@code host:port}, is not for this job; people are told of it. */
  static DeniedException refused(String place, String why) {
    return new DeniedException(Status.FORBIDDEN, Optional.of(place), why);
  }

  /** It would be allowed, but does not work. */
  static DeniedException failed(Status status, String why) {
    return new DeniedException(status, Optional.empty(), why);
  }

  Status status() {
    return status;
  }

  /** Where the client wanted to, if people are to be told. */
  Optional<String> place() {
    return place;
  }

  /** Why, in a few words. */
  String why() {
    return String.valueOf(getMessage());
  }

  /** What the proxy answers. */
  enum Status {
    /** It cannot be understood, or may be understood in two ways. */
    BAD_REQUEST("400 Bad Request"),
    /** Not through this door. */
    FORBIDDEN("403 Forbidden"),
    /** The other side cannot be reached. */
    BAD_GATEWAY("502 Bad Gateway"),
    /** Too much at once. */
    SERVICE_UNAVAILABLE("503 Service Unavailable");

    private final String line;

    Status(String line) {
      this.line = line;
    }

    /** As it stands in an answer's first line. */
    String line() {
      return line;
    }
  }
}
