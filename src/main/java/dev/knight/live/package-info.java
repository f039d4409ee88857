/**
 * What happens in a job, as it happens: its story from the store and what its agents say, from
 * their journals and bridges, as one stream of lines for those who look on ({@link
 * dev.knight.live.Feeds}); and what happens in all jobs, from the store alone ({@link
 * dev.knight.live.Happenings}). Everything in it has gone through the redactor, here or before it
 * was stored. Who reads slowly is told later, and loses what is not kept; nobody waits for them.
 */
@NullMarked
package dev.knight.live;

import org.jspecify.annotations.NullMarked;
