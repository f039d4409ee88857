/**
 * What knight shows must not give a secret away, or act by itself where it is shown. The secrets
 * that this process has read are known by value, in the encodings in which they get about; other
 * people's are known by their shape.
 */
@NullMarked
package dev.knight.hygiene;

import org.jspecify.annotations.NullMarked;
