/**
 * {@code knight init}: from nothing to the first pull request in a few questions.
 *
 * <p>{@link Setup} is the line of them. Each step asks by an an asker, proves what it was told at
 * once, and notes it in a draft; nothing is written before all of it has been shown and agreed to.
 * {@link ConfigText} changes what somebody wrote by hand a key at a time.
 */
@NullMarked
package dev.knight.setup;

import org.jspecify.annotations.NullMarked;
