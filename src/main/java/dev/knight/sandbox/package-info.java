/**
 * The jail: what an agent and a repository's commands run in, what they see there, and whether it
 * holds.
 */
@NullMarked
package dev.knight.sandbox;

import org.jspecify.annotations.NullMarked;
