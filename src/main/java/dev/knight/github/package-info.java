/**
 * GitHub in knight's words. Everything that leaves for the API passes one gate (one request at a
 * time, one second between writes, a pause for all when GitHub asks for it), and everything that
 * comes back is judged once, here: a value, or one of the three exceptions that say who must act.
 *
 * <pre>
 *  RestGitHub --> Exchange --> Gate --> Transport --> GitHub
 *      |             |           \
 *    Shapes        Border       RateLimits
 * </pre>
 */
@NullMarked
package dev.knight.github;

import org.jspecify.annotations.NullMarked;
