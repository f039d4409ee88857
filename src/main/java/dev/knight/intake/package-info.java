/**
 * Mentions on GitHub become rows in the store. Each repository has three lists; a poll asks each
 * for what changed since its anchor, and keeps the mentions and the new anchor together or not at
 * all.
 *
 * <pre>
 *  Intake --> StreamWalk --> Judge --> JobStore.keep
 *    |                        |
 *  PollSchedule         MentionGrammar, Trust, Pace
 *
 *  knight enqueue --> HandRequest --> JobStore.accept
 * </pre>
 */
@NullMarked
package dev.knight.intake;

import org.jspecify.annotations.NullMarked;
