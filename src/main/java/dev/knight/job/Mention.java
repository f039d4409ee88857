package dev.knight.job;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * A person's text that addresses knight, frozen as it was when it was read.
 *
 * @param nodeId GitHub's node id of the comment, issue or review; unique. A request by hand ({@code
 *     knight enqueue}) has an id of its own that starts with {@code hand:}
 * @param subject where it stands
 * @param source what kind of text it is
 * @param sourceId GitHub's number of the comment, or of the issue where the source is {@link
 *     Source#ISSUE}; it is what a reaction is given to
 * @param author who wrote it
 * @param title the title of the issue or pull request
 * @param text what was written, whole
 * @param link the page that shows it
 * @param at when GitHub says it was written or last changed
 * @param report what it stands under, if that is a text of its own and was read with it
 * @param order what it wants
 */
public record Mention(
    String nodeId,
    Subject subject,
    Source source,
    long sourceId,
    Person author,
    String title,
    String text,
    URI link,
    Instant at,
    Optional<Report> report,
    Order order) {

  /** One that wants something done. */
  public Mention(
      String nodeId,
      Subject subject,
      Source source,
      long sourceId,
      Person author,
      String title,
      String text,
      URI link,
      Instant at,
      Optional<Report> report) {
    this(nodeId, subject, source, sourceId, author, title, text, link, at, report, Order.DO);
  }

  /** Parts a text's node id from the time of an edit of it; GitHub has none in a node id. */
  private static final char EDIT = '~';

  /**
   * An edit of this text, told as what it changes.
   *
   * @param changedAt when GitHub says that it was changed
   * @param now what it says now, whole
   * @param difference the same as a difference, for somebody who knew it before
   * @param wants what it wants now
   */
  public Mention edited(Instant changedAt, String now, String difference, Order wants) {
    return new Mention(
        nodeId + EDIT + changedAt.getEpochSecond(),
        subject,
        source,
        sourceId,
        author,
        title,
        difference,
        link,
        changedAt,
        Optional.of(new Report(author, now)),
        wants);
  }

  /** The node id of the text that this is an edit of, if it is one. */
  public Optional<String> editOf() {
    int edit = nodeId.indexOf(EDIT);
    return edit < 0 ? Optional.empty() : Optional.of(nodeId.substring(0, edit));
  }

  /** The same mention, which wants what {@code other} wanted, said in {@code words}. */
  public Mention repeating(Mention other, String words) {
    return new Mention(
        nodeId,
        subject,
        source,
        sourceId,
        author,
        title,
        words,
        link,
        at,
        report.or(other::report),
        other.order());
  }

  /** One that was read alone. */
  public Mention(
      String nodeId,
      Subject subject,
      Source source,
      long sourceId,
      Person author,
      String title,
      String text,
      URI link,
      Instant at) {
    this(nodeId, subject, source, sourceId, author, title, text, link, at, Optional.empty());
  }

  /**
   * The text of an issue or pull request as it was when a mention under it was read: what is
   * written into it later is not what its requester had seen.
   *
   * @param author who opened it
   * @param text what it said
   */
  public record Report(Person author, String text) {}

  /** Where the text of a mention comes from. */
  public enum Source {
    /** The body of an issue or pull request. */
    ISSUE,
    /** A comment in the conversation of an issue or pull request. */
    ISSUE_COMMENT,
    /** A comment on a line of a pull request. */
    REVIEW_COMMENT,
    /** A review of a pull request as it was submitted, with all that it says on single lines. */
    REVIEW,
    /**
     * What knight itself saw: checks that failed, a branch that moved. No person wrote it, and its
     * words are data.
     */
    WATCH,
    /**
     * {@code knight enqueue} or {@code knight run}: the operator's own word, which needs no
     * permission.
     */
    COMMAND;

    /** Whether a person wrote it, so that it may be a request. */
    public boolean isWord() {
      return this != WATCH;
    }

    /** Whether a person wrote it on GitHub: such requests are limited. */
    public boolean isOnGitHub() {
      return switch (this) {
        case ISSUE, ISSUE_COMMENT, REVIEW_COMMENT, REVIEW -> true;
        case WATCH, COMMAND -> false;
      };
    }

    /** Whether GitHub lets one react to it; it has no address for a reaction to a review. */
    public boolean takesReactions() {
      return switch (this) {
        case ISSUE, ISSUE_COMMENT, REVIEW_COMMENT -> true;
        case REVIEW, WATCH, COMMAND -> false;
      };
    }
  }
}
