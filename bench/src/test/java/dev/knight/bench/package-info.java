/** What a run's readings are made of. */
@NullMarked
package dev.knight.bench;

import org.jspecify.annotations.NullMarked;
