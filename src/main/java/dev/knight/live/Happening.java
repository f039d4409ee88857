package dev.knight.live;

import dev.knight.job.Event;
import dev.knight.job.Job;
import java.util.Optional;

/**
 * Something that happened in some job.
 *
 * @param event the line of its story that tells of it; empty where the job changed without one, as
 *     when it costs more or an effect is made
 * @param job the job as it is now, which may be later than the event
 */
public record Happening(Optional<Event> event, Job job) {}
