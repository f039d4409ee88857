/**
 * What ended jobs leave behind, and for how long. Once an hour:
 *
 * <pre>
 *   survey      what lies under the home, by the job that its name says
 *   ended?      the store says so, some time ago, and no bridge lives; all else is left alone
 *   due?        by age, or the oldest while all together are too large
 *   safe?       what its worktree holds was pushed, or is committed to the mirror now
 *   clear       a mark, the worktree, all the rest, the mark: a crash in between is made up for
 *   collect     one mirror at a time, while no job of its repository is under way
 * </pre>
 */
@NullMarked
package dev.knight.upkeep;

import org.jspecify.annotations.NullMarked;
