package dev.knight.api;

/**
 * A copy of the store.
 *
 * @param file where it lies
 * @param bytes how long it is
 */
public record BackupView(String file, long bytes) {}
