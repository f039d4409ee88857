package dev.knight.rehearsal;

import java.time.Instant;
import java.util.Map;

/**
 * One REST request and what was answered, whole.
 *
 * @param path below the REST interface's start, still percent-encoded, such as {@code
 *     /repos/ada/engine/issues}
 * @param query still percent-encoded, empty without one
 * @param requestHeaders by lower-case name
 * @param status 0 where the connection was dropped
 * @param responseHeaders by lower-case name
 * @param injected whether a {@link Fault} wrote the answer instead of the stand-in
 */
public record Exchange(
    Instant at,
    String method,
    String path,
    String query,
    Map<String, String> requestHeaders,
    String requestBody,
    int status,
    Map<String, String> responseHeaders,
    String responseBody,
    boolean injected) {}
