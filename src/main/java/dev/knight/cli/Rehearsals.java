package dev.knight.cli;

/**
 * What can be played on this machine, with no account and no key.
 *
 * @param demo one job, step by step
 * @param chaos many jobs, with everything killed
 */
public record Rehearsals(Demo demo, Chaos chaos) {}
