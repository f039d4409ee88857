package dev.knight;

/** A second has passed, and the service works. Who is due looks by itself. */
record Tick() {}
