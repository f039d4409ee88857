package dev.knight.cli;

/**
 * What is told of a key that may be set.
 *
 * @param name as in {@code knight.yml}, with dots
 * @param variable the environment variable that overrides it
 * @param standard its default, in Markdown; empty for none
 * @param meaning what it is for, in Markdown
 * @param must the rest of a sentence that starts with "it must be"
 */
public record SettingHelp(
    String name, String variable, String standard, String meaning, String must) {}
