/** The roof: picks the life to lead and wires the beans that nobody else makes. */
@NullMarked
package dev.knight;

import org.jspecify.annotations.NullMarked;
