package dev.knight.dashboard;

import java.util.List;

/**
 * A line of a diff.
 *
 * @param look {@code add}, {@code del}, {@code same}, or {@code hunk} for what is between
 * @param before its number before the change, or empty
 * @param after its number after the change, or empty
 * @param mark {@code +}, {@code -} or a space
 */
record CodeLine(String look, String before, String after, String mark, List<Token> tokens) {}
