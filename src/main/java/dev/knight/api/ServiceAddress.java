package dev.knight.api;

import java.net.URI;
import java.time.Instant;

/**
 * What the running service leaves in its home for its clients, as JSON.
 *
 * @param url where its API listens
 * @param pid its process
 * @param started when it began to serve
 */
public record ServiceAddress(URI url, long pid, Instant started) {}
