/**
 * The straight line from a claimed job to its pull request.
 *
 * <p>There is no code to resume: after a crash {@link dev.knight.attempt.Attempt} runs again from
 * the top, and each step finds its own result.
 */
@NullMarked
package dev.knight.attempt;

import org.jspecify.annotations.NullMarked;
