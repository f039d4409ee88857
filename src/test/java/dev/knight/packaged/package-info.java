/** The packaged program as a user runs it, against the rehearsal's GitHub and model. */
@NullMarked
package dev.knight.packaged;

import org.jspecify.annotations.NullMarked;
