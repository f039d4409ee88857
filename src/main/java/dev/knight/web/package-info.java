/** The HTTP face of the service: who may come in, and the API. It renders and decides nothing. */
@NullMarked
package dev.knight.web;

import org.jspecify.annotations.NullMarked;
