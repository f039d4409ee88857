package dev.knight.worker;

/**
 * How much is done at a time.
 *
 * @param workers jobs at a time
 * @param perRepository jobs of one repository at a time
 * @param owner this service's name in leases: host, process and start in one word
 */
public record WorkerSettings(int workers, int perRepository, String owner) {}
