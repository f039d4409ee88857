/**
 * What pi says and what is said to it over its RPC, as types. One JSON object a line, LF only, in
 * both directions.
 *
 * <pre>
 * bytes --RecordReader--&gt; record --PiCodec--&gt; PiRecord = PiEvent | PiResponse
 *                         line  &lt;--PiCodec--  PiCommand
 * </pre>
 *
 * <p>Read leniently: a field or type that nobody knows is kept and never fatal.
 */
@NullMarked
package dev.knight.pi;

import org.jspecify.annotations.NullMarked;
