package dev.knight.dashboard;

/**
 * A job in a list. A text that there is none of is empty.
 *
 * @param path of its own page
 * @param issue {@code owner/name#number}
 * @param state the word for its state
 * @param step what it is at, while it runs
 * @param pullRequest its number, with the {@code #}
 * @param words what is to be said of it in this state
 * @param changed when it last did
 */
record JobLine(
    long id,
    String path,
    String title,
    String issue,
    String issueUrl,
    String state,
    String step,
    String requester,
    String cost,
    String pullRequest,
    String pullRequestUrl,
    String words,
    Moment changed) {}
