package dev.knight.gateway;

import io.vertx.core.buffer.Buffer;
import java.util.OptionalLong;

/**
 * A question that may be passed on.
 *
 * @param model which model it asks
 * @param body what the provider gets
 * @param most how many tokens the answer may have, if it says so
 */
record Question(String model, Buffer body, OptionalLong most) implements RequestBody.Read {}
