package dev.knight.api;

import java.net.URI;

/**
 * What was proposed.
 *
 * @param pullRequest its page
 */
public record ProposalView(URI pullRequest) {}
