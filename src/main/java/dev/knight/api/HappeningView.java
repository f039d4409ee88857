package dev.knight.api;

import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Something that happened in some job.
 *
 * @param event the line of its story that tells of it; missing where the job changed without one,
 *     as when it costs more or an effect is made
 * @param job the job as it is now
 */
@Schema
public record HappeningView(Optional<EventView> event, JobView job) {}
