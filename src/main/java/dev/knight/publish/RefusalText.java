package dev.knight.publish;

import dev.knight.job.RefusedHost;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tells which places in the network a job was kept from, and how one is allowed. */
final class RefusalText {
  private static final int MOST = 10;
  private static final int PLACE = 120;
  private static final int WHY = 80;

  private final OutgoingText outgoing;

  RefusalText(OutgoingText outgoing) {
    this.outgoing = outgoing;
  }

  /** One short paragraph; empty if nothing was refused. */
  Optional<String> paragraph(List<RefusedHost> refused) {
    if (refused.isEmpty()) {
      return Optional.empty();
    }
    String places = refused.stream().limit(MOST).map(this::place).collect(Collectors.joining(", "));
    int more = refused.size() - MOST;
    return Optional.of(
        "Not reached from the sandbox: %s%s. To allow a host, name it under `network:` in `.knight.yml`, out of what `knight.network.offer` has."
            .formatted(places, more > 0 ? " and %d more".formatted(more) : ""));
  }

  private String place(RefusedHost refused) {
    String name = outgoing.plain(refused.place()).replace("`", "'");
    return "`%s` (%s)".formatted(bounded(name), outgoing.line(refused.why(), WHY));
  }

  private static String bounded(String name) {
    return name.length() <= PLACE ? name : name.substring(0, PLACE - 1) + "…";
  }
}
