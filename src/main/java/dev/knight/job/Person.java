package dev.knight.job;

/**
 * A GitHub account.
 *
 * @param id GitHub's number for it, which stays when the login changes hands
 * @param login its name at the time of the mention
 */
public record Person(long id, String login) {}
