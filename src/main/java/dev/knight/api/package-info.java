/**
 * The contract of the running service and its clients: what may be asked, and what the answers look
 * like as JSON. What a view has is what {@code knight jobs --json} prints.
 */
@NullMarked
package dev.knight.api;

import org.jspecify.annotations.NullMarked;
