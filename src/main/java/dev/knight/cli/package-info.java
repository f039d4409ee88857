/**
 * The command line: one command, one file. It starts no framework; what it needs done it asks of a
 * {@link dev.knight.cli.Program}, and it alone writes to the terminal.
 */
@NullMarked
package dev.knight.cli;

import org.jspecify.annotations.NullMarked;
