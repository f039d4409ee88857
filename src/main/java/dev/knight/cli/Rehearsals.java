package dev.knight.cli;

/**
 * What can be played on this machine, on a stand-in for GitHub.
 *
 * @param demo one job, step by step
 * @param chaos many jobs, with everything killed
 * @param smoke one job with the real model; this one needs its key
 */
public record Rehearsals(Demo demo, Chaos chaos, Smoke smoke) {}
