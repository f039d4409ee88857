package dev.knight.job;

import java.time.Instant;
import java.util.Optional;

/**
 * How far a stream has been read.
 *
 * @param since the time, by GitHub's clock, from which the next poll asks
 * @param etag the entity tag of the answer to exactly that question, if it may be asked
 *     conditionally
 */
public record StreamAnchor(Instant since, Optional<String> etag) {}
