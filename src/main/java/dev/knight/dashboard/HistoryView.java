package dev.knight.dashboard;

import java.util.List;

/**
 * A page of jobs that somebody looked for.
 *
 * @param text the words that were looked for
 * @param requester the login that was
 * @param states the states that can be chosen, and which one is
 * @param repositories the same of the repositories
 * @param jobs newest first
 * @param wrong why nothing can be looked for like that, or empty
 * @param older the address of the next page, or empty
 * @param isSought whether anything was asked for: then there may be other jobs
 * @param isLater whether this is not the first page
 */
record HistoryView(
    String text,
    String requester,
    List<Choice> states,
    List<Choice> repositories,
    List<JobLine> jobs,
    String wrong,
    String older,
    boolean isSought,
    boolean isLater) {

  /** One of several. */
  record Choice(String value, boolean isChosen) {}
}
