/**
 * knight's words and its state machine, on the JDK alone. Everybody may know this package; it knows
 * nobody.
 *
 * <pre>
 *              claim                          finish
 *  Queued ----------> Running --------------------------> Done | NoChange | Failed
 *    ^                 | | | ^ |
 *    | answer      ask | | | +-+ enter (next step)
 *  NeedsYou <----------+ | | claim, once due
 *                        v |
 *                  Retrying            stop, from every unfinished state ---> Stopped
 * </pre>
 */
@NullMarked
package dev.knight.job;

import org.jspecify.annotations.NullMarked;
