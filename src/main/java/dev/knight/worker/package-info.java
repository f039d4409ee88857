/**
 * Claims jobs from the store, runs one attempt for each on a thread of its own, and records how it
 * ended.
 */
@NullMarked
package dev.knight.worker;

import org.jspecify.annotations.NullMarked;
