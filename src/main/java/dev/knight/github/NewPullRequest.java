package dev.knight.github;

/**
 * What to open a pull request with; its branch lies in the repository itself.
 *
 * @param title at most 256 characters
 * @param body at most {@link Comment#MAX_TEXT} characters
 * @param head the branch with the change
 * @param base the branch that it is to be merged into
 * @param draft whether to open it as a draft; a repository that knows no drafts gets an ordinary
 *     one
 */
public record NewPullRequest(String title, String body, String head, String base, boolean draft) {}
