package dev.knight.api;

/**
 * What came of a sample.
 *
 * @param way which way it went
 * @param arrived whether it was taken there
 * @param sentence the same for a person
 */
public record TriedNotice(String way, boolean arrived, String sentence) {}
