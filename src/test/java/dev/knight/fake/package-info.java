/** Stand-ins that keep their promises: what was put in can be found. */
@NullMarked
package dev.knight.fake;

import org.jspecify.annotations.NullMarked;
