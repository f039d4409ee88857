/**
 * The way from pi to the model. pi never holds the model's key: it asks knight, with a token that
 * opens this door only, and knight adds the key and passes the question on.
 *
 * <pre>
 * pi --token--&gt; 127.0.0.1/model/CONVERSATION/... --key--&gt; the provider
 *     Door: whose, what?    RequestBody: which model, for what?    Account: is there money?
 *     Upstream: asks        Answer: streams back                   Reading: what did it use?
 * </pre>
 *
 * <p>What a job has cost is what its account says, and nothing else: each question is on record
 * before it is asked, each answer after it was counted, by the provider's own words, at the price
 * that the owner set or pi's list has. A job that has used what it may is refused.
 */
@NullMarked
package dev.knight.gateway;

import org.jspecify.annotations.NullMarked;
