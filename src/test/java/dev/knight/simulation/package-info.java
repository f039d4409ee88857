/**
 * knight in a world of its own: one thread, a clock that is moved by hand, and a generator that
 * decides what happens and what goes wrong. The same seed tells the same story.
 */
@NullMarked
package dev.knight.simulation;

import org.jspecify.annotations.NullMarked;
