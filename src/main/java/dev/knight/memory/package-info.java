/**
 * What knight keeps in mind of a repository: what its people corrected, distilled into one sentence
 * each, with the comment that it comes from.
 *
 * <pre>
 *                 👍, or said a second time              a job goes by it
 *   candidate -------------------------------> confirmed ----------------+
 *       |                                          |  ^                  |
 *       | 30 days                                  |  +------------------+
 *       v                                          v
 *    dropped <------------------ contradicted, forgotten by hand, 90 days unused
 * </pre>
 */
@NullMarked
package dev.knight.memory;

import org.jspecify.annotations.NullMarked;
