package dev.knight.job;

import java.time.Instant;

/**
 * The right of one worker to one job, until a time.
 *
 * @param owner the service that holds it: host, process number and start time in one word
 * @param token grows with each claim of the job; a stale holder's write is refused by it
 * @param expiresAt when it ends unless it is renewed
 */
public record Lease(String owner, long token, Instant expiresAt) {}
