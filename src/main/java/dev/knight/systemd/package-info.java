/**
 * knight as a service of systemd: the unit that is written, the words that systemctl is told, and
 * what systemd is told by the service itself.
 */
@NullMarked
package dev.knight.systemd;

import org.jspecify.annotations.NullMarked;
