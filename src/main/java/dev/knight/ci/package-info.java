/**
 * Watches what checks the pull requests that knight opened. Nothing is asked of a model before a
 * check has failed that is the change's own fault.
 *
 * <pre>
 *  Watch --> Lookout (what GitHub says of the head) --> Standing
 *    |                                                     | red, and settled
 *    |                                                  Diagnosis: outside | flaky | the change's
 *    |                                                     |          |         |
 *    +--> a line in the status comment                  a reply    Reruns   JobStore.accept
 * </pre>
 */
@NullMarked
package dev.knight.ci;

import org.jspecify.annotations.NullMarked;
