/** Where knight's files lie. Nobody else puts a path together. */
@NullMarked
package dev.knight.home;

import org.jspecify.annotations.NullMarked;
