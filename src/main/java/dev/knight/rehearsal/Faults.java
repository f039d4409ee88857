package dev.knight.rehearsal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * The faults that are still to strike, in the order in which they were injected, and the weather
 * for the requests that meet none of them.
 */
final class Faults {
  private final List<Fault> waiting = new ArrayList<>();
  private Weather weather = Weather.CLEAR;
  private Random chance = new Random(0);

  synchronized void inject(Fault fault) {
    waiting.add(fault);
  }

  synchronized void clear() {
    waiting.clear();
  }

  synchronized void weather(Weather next) {
    weather = next;
    chance = new Random(next.seed());
  }

  /** How late the answers come. */
  synchronized Duration latency() {
    return weather.latency();
  }

  /**
   * What goes wrong with this request; each request meets one fault at most.
   *
   * @param api whether it is one to the REST interface
   */
  synchronized Optional<Fault.Kind> strike(String method, String path, boolean api) {
    for (int index = 0; index < waiting.size(); index++) {
      Fault fault = waiting.get(index);
      if (fault.fits(method, path)) {
        if (fault.times() == 1) {
          waiting.remove(index);
        } else {
          waiting.set(index, fault.times(fault.times() - 1));
        }
        return Optional.of(fault.kind());
      }
    }
    return byChance(Fault.on(method, ""), api).map(Fault::kind);
  }

  private Optional<Fault> byChance(Fault.Place here, boolean api) {
    double left = chance.nextDouble();
    left -= weather.dropBefore();
    if (left < 0) {
      return Optional.of(here.dropBefore());
    }
    left -= weather.dropAfter();
    if (left < 0) {
      return Optional.of(here.dropAfter());
    }
    left -= weather.serverError();
    if (left < 0) {
      return Optional.of(here.badGateway());
    }
    left -= weather.secondaryLimit();
    return left < 0 && api
        ? Optional.of(here.secondaryRateLimit(weather.retryAfter()))
        : Optional.empty();
  }
}
