/**
 * What knight shows must not give a secret away, or act by itself where it is shown. The secrets
 * that this process has read are known by value, in the encodings in which they get about; other
 * people's are known by their shape.
 *
 * <p>What comes in is made what a person sees of it:
 *
 * <pre>
 *  Sanitizer --> Characters              what shows nothing by itself
 *      |
 *      +-------> Surface --> Markup      what Markdown and HTML do not show
 * </pre>
 */
@NullMarked
package dev.knight.hygiene;

import org.jspecify.annotations.NullMarked;
