package dev.knight.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The faults that are still to strike, in the order in which they were injected. */
final class Faults {
  private final List<Fault> waiting = new ArrayList<>();

  synchronized void inject(Fault fault) {
    waiting.add(fault);
  }

  synchronized void clear() {
    waiting.clear();
  }

  /** What goes wrong with this request; each request meets one fault at most. */
  synchronized Optional<Fault.Kind> strike(String method, String path) {
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
    return Optional.empty();
  }
}
