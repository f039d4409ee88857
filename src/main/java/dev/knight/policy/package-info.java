/**
 * What a person has to see before it is pushed. Each rule looks at the difference between two trees
 * of the mirror, never at a file of a worktree and never at what the agent says of it:
 *
 * <pre>
 *   snapshot --Policy.judge--> nothing: it may be published
 *                          \-> objections: it is held until a person lets exactly this tree through
 * </pre>
 *
 * A rule that is too wide costs a person a look; one that is too narrow costs them their
 * repository. So names are compared as the most lenient file system would read them, at every
 * depth, and a deletion counts like an edit.
 */
@NullMarked
package dev.knight.policy;

import org.jspecify.annotations.NullMarked;
