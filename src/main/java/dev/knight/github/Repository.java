package dev.knight.github;

import dev.knight.job.RepositoryName;
import java.net.URI;

/**
 * A repository as GitHub describes it.
 *
 * @param id its number, which stays when it is renamed
 * @param name its name now; another one than was asked for when it has been renamed
 * @param defaultBranch the branch that pull requests go to
 * @param cloneUrl where git finds it; always on the same host as its pages
 * @param link its page
 * @param archived whether it is read-only for everybody
 * @param isPrivate whether only those who are let in can see it
 * @param pushable whether the token may push to it
 */
public record Repository(
    long id,
    RepositoryName name,
    String defaultBranch,
    URI cloneUrl,
    URI link,
    boolean archived,
    boolean isPrivate,
    boolean pushable) {}
