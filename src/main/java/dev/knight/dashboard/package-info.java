/**
 * What a person sees in a browser: pages made on the server, kept up to date while they are open.
 */
@NullMarked
package dev.knight.dashboard;

import org.jspecify.annotations.NullMarked;
