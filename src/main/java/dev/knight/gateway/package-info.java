/**
 * The way from pi to the model. pi never holds the model's key: it asks knight, with a token that
 * opens this door only, and knight adds the key and passes the question on.
 *
 * <pre>
 * pi --token--&gt; 127.0.0.1/model/CONVERSATION/... --key--&gt; the provider
 *     Door: whose, what?    RequestBody: which model?    Upstream: asks    Answer: streams back
 * </pre>
 */
@NullMarked
package dev.knight.gateway;

import org.jspecify.annotations.NullMarked;
