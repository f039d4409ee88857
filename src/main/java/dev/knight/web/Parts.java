package dev.knight.web;

import dev.knight.api.Notices;
import dev.knight.api.Statistics;
import jakarta.inject.Singleton;

/**
 * What of the API is not about one job.
 *
 * @param memory what knight keeps in mind
 * @param notices how people are told
 * @param statistics what jobs have cost and come to
 */
@Singleton
record Parts(MemoryResource memory, Notices notices, Statistics statistics) {}
