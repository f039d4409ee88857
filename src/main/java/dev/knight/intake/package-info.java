/**
 * Mentions on GitHub become rows in the store. Each repository has three lists; a poll asks each
 * for what changed since its anchor, and keeps the mentions and the new anchor together or not at
 * all. Of many repositories one more list tells where anything changed.
 *
 * <pre>
 *  Intake --> StreamWalk --> Judge --> JobStore.keep
 *    |                        |
 *  PollSchedule         MentionGrammar, Trust, Pace
 *  Throttle, ChangeDetector
 *
 *  knight enqueue --> HandRequest --> JobStore.accept
 * </pre>
 */
@NullMarked
package dev.knight.intake;

import org.jspecify.annotations.NullMarked;
