/** What is pure enough to be measured alone. */
@NullMarked
package dev.knight.bench.jmh;

import org.jspecify.annotations.NullMarked;
