/**
 * What people on GitHub get to see of a job: its branch, its one pull request, its one status
 * comment.
 *
 * <p>Each write is planned in the store, made with a marker, and looked for before it is made
 * again: {@code EffectLog} says when.
 */
@NullMarked
package dev.knight.publish;

import org.jspecify.annotations.NullMarked;
