package dev.knight.gateway;

import dev.knight.job.MisconfiguredException;
import dev.knight.job.Price;
import dev.knight.job.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which models may be asked, where, and with which key.
 *
 * @param provider a provider that pi knows, or {@code openai-compatible}
 * @param name the model
 * @param reviewName the model of the self-review, where it is another one
 * @param baseUrl where the provider answers; needed for all but {@code openai}, {@code anthropic}
 *     and {@code google}
 * @param apiKey the provider's key; without it none is sent, as a model on this machine wants
 * @param idle how long the provider may say nothing before the gateway gives up
 * @param price of the model, and of the other one where that has none of its own; without it pi's
 *     list says
 * @param reviewPrice of the model of the self-review
 */
public record ModelSettings(
    String provider,
    String name,
    Optional<String> reviewName,
    Optional<URI> baseUrl,
    Optional<Secret> apiKey,
    Duration idle,
    Optional<Price> price,
    Optional<Price> reviewPrice) {

  /** Twice what pi itself waits (its {@code httpIdleTimeoutMs} is 5 min), so that pi decides. */
  private static final Duration IDLE = Duration.ofMinutes(10);

  /**
   * Checks what is given.
   *
   * @throws MisconfiguredException when a value is missing or cannot be used; it names the key
   */
  public ModelSettings {
    require(!provider.isBlank(), "Set knight.model.provider, or run knight init");
    require(!name.isBlank(), "Set knight.model.name, or run knight init");
    require(
        baseUrl.isPresent() || Provider.of(provider).baseUrl().isPresent(),
        "Set knight.model.base-url: knight does not know where " + provider + " answers");
    baseUrl.ifPresent(url -> check(url, apiKey.isPresent()));
    require(
        apiKey.map(Secret::reveal).stream().allMatch(ModelSettings::fitsHeader),
        "knight.model.api-key must be one line of printable characters without spaces");
  }

  /** With the usual patience of 10 min, at the prices of pi's list. */
  public ModelSettings(
      String provider,
      String name,
      Optional<String> reviewName,
      Optional<URI> baseUrl,
      Optional<Secret> apiKey) {
    this(provider, name, reviewName, baseUrl, apiKey, IDLE, Optional.empty(), Optional.empty());
  }

  /** The same at the prices of the owner's own, where there are any. */
  public ModelSettings at(Optional<Price> price, Optional<Price> reviewPrice) {
    return new ModelSettings(provider, name, reviewName, baseUrl, apiKey, idle, price, reviewPrice);
  }

  /** The price that the owner set for {@code model}. */
  Optional<Price> price(String model) {
    return reviewName.equals(Optional.of(model)) && !name.equals(model)
        ? reviewPrice.or(() -> price)
        : price;
  }

  /** The models that may be asked. */
  Set<String> names() {
    return Stream.concat(Stream.of(name), reviewName.stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Where the provider answers, without a slash at its end. */
  String address() {
    String url = baseUrl.or(Provider.of(provider)::baseUrl).orElseThrow().toString();
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  private static void check(URI url, boolean withKey) {
    boolean plain = "http".equalsIgnoreCase(url.getScheme());
    require(
        (plain || "https".equalsIgnoreCase(url.getScheme())) && url.getHost() != null,
        "knight.model.base-url must be an https address with a host");
    require(
        url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null,
        "knight.model.base-url must have no user, query or fragment");
    require(
        !plain || !withKey || Loopback.is(url.getHost()),
        "knight.model.base-url must be https: the key would cross the network in the clear");
  }

  private static boolean fitsHeader(String key) {
    return !key.isEmpty() && key.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new MisconfiguredException(message);
    }
  }
}
