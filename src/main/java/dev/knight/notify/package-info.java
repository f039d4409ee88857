/**
 * Tells people what happens in jobs where they are: in a chat, on a telephone, by mail.
 *
 * <pre>
 *   store: the stories of all jobs --> Courier, one for each way --> Webhook | Command
 *            ^                            |
 *            +---- how far it has come ---+
 * </pre>
 *
 * A courier carries one {@link dev.knight.notify.Notice} after another, in the order of the
 * stories, and keeps in the store how far it has come: after a crash it goes on there, so what it
 * was carrying may arrive twice, under the same id, and nothing is lost. A way that is blocked is
 * tried again for a day; nobody else waits for it.
 */
@NullMarked
package dev.knight.notify;

import org.jspecify.annotations.NullMarked;
