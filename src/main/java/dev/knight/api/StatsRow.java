package dev.knight.api;

import java.math.BigDecimal;

/**
 * What some jobs came to.
 *
 * @param name what they have in common: a day, a repository, a model or a state
 * @param jobs how many there were
 * @param pullRequests how many of them opened a pull request
 * @param merged how many of these people have merged
 * @param costUsd what was spent, in US dollars
 * @param tokens what models read and wrote
 */
public record StatsRow(
    String name, long jobs, long pullRequests, long merged, BigDecimal costUsd, long tokens) {}
