/** Measures the packaged program and what one would run instead, in turns. */
@NullMarked
package dev.knight.bench;

import org.jspecify.annotations.NullMarked;
