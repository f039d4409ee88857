/** Conversations with pi: opened, found again after a restart, asked one thing at a time. */
@NullMarked
package dev.knight.agent;

import org.jspecify.annotations.NullMarked;
