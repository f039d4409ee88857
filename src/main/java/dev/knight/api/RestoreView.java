package dev.knight.api;

import java.util.Optional;

/**
 * What became of the store.
 *
 * @param jobs how many jobs it has now
 * @param kept where the old store lies, if there was one
 */
public record RestoreView(long jobs, Optional<String> kept) {}
