/**
 * What may be wrong around knight, and how it is mended: each precondition is a {@link Check} of
 * its own, which takes plain values and no container, so that {@code knight init} asks the same
 * questions as {@code knight doctor}.
 */
@NullMarked
package dev.knight.doctor;

import org.jspecify.annotations.NullMarked;
