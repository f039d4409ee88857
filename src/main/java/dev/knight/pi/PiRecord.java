package dev.knight.pi;

/** One line from pi. */
public sealed interface PiRecord permits PiEvent, PiResponse {}
