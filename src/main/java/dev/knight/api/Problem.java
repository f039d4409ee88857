package dev.knight.api;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The body of every answer that is not what was asked for.
 *
 * @param error one sentence for a person
 */
@Schema
public record Problem(String error) {}
