package dev.knight.upkeep;

import java.time.Duration;

/**
 * What the operator decided about the files of ended jobs.
 *
 * @param age how long they stay after the end
 * @param bytes how large they may be, all together
 */
public record UpkeepSettings(Duration age, long bytes) {}
