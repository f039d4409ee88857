/**
 * {@code knight chaos}: the real service, bridges and pi are killed by {@code kill -9} while they
 * work in the rehearsal's world, at named moments and by chance. At the end it is counted what was
 * lost, doubled, or left without a word.
 *
 * <p>Nothing in the program helps with its own death: a {@link dev.knight.chaos.Moment} is
 * something that can be seen from outside, on the stand-in for GitHub, by the scripted model, or in
 * a job's story.
 */
@NullMarked
package dev.knight.chaos;

import org.jspecify.annotations.NullMarked;
