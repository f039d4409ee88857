package dev.knight.job;

/**
 * A mention as the store has it.
 *
 * @param mention the mention
 * @param job the job that serves it
 * @param delivered whether the agent has been told of it
 */
public record StoredMention(Mention mention, JobId job, boolean delivered) {}
