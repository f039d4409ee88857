package dev.knight.systemd;

import java.nio.file.Path;

/**
 * An account of this machine.
 *
 * @param name its login
 * @param home its directory
 */
record Account(String name, Path home) {}
