/**
 * Directories in layers: what differs from a template lies by itself, and all of it is seen in one
 * place. The kernel does that (overlayfs), in a user and mount namespace that a {@link
 * dev.knight.overlay.Keeper} holds, so that no right of the machine's is needed:
 *
 * <pre>
 *   the machine                               the keeper's namespace
 *     .../templates/COMMIT/files   ------.
 *     worktrees/JOB    what differs  -----+-->  worktrees/JOB    all of it
 *     worktrees/.JOB.work  ---------------'         ^       ^
 *                                                   |       |
 *                          /proc/KEEPER/root/worktrees/JOB  a jail's mount
 *                          what the service reads
 * </pre>
 *
 * Everybody goes through that one mount, since two over the same layer would not see what the other
 * one writes: who is still in one whose keeper is gone ends before there is the next. Nobody but
 * the kernel reads or writes a layer itself.
 */
@NullMarked
package dev.knight.overlay;

import org.jspecify.annotations.NullMarked;
