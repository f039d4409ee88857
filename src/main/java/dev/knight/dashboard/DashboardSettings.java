package dev.knight.dashboard;

import java.net.URI;

/**
 * What the pages know of the program.
 *
 * @param version of knight
 * @param github GitHub's own pages, without a path
 * @param name what knight answers to after {@code @}
 */
public record DashboardSettings(String version, URI github, String name) {}
