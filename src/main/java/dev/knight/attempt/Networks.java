package dev.knight.attempt;

import dev.knight.egress.Caps;
import dev.knight.egress.JobNetwork;
import dev.knight.egress.NetworkOffer;
import dev.knight.job.JobId;
import dev.knight.job.JobStore;
import dev.knight.job.LeaseLostException;
import dev.knight.job.RefusedHost;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Decides what a job may reach, and tells its story what it was kept from. */
@Singleton
final class Networks {
  private static final Logger LOG = Logger.getLogger(Networks.class);

  /** A list that somebody wrote by mistake need not be repeated whole. */
  private static final int MOST_NAMED = 5;

  private static final int LONGEST_NAME = 100;

  private final NetworkOffer offer;
  private final JobStore store;

  Networks(NetworkOffer offer, JobStore store) {
    this.offer = offer;
    this.store = store;
  }

  /**
   * What was decided.
   *
   * @param note what the requester has to know of it; mostly empty
   */
  record Choice(JobNetwork network, String note) {}

  Choice of(RepositoryConfig config, Progress progress) {
    NetworkOffer.Choice choice = offer.choose(config.network());
    JobNetwork network =
        new JobNetwork(choice.allowed(), Caps.standard(), teller(progress.job().id(), progress));
    return new Choice(network, note(choice.missing()));
  }

  /** Each is told once for a job, also when the job is tried again. */
  private Consumer<RefusedHost> teller(JobId job, Progress progress) {
    Set<RefusedHost> told = ConcurrentHashMap.newKeySet();
    told.addAll(RefusedHost.in(store.events(job, 0)));
    return refused -> {
      if (told.add(refused)) {
        tell(refused, progress);
      }
    };
  }

  private static void tell(RefusedHost refused, Progress progress) {
    try {
      progress.tell(RefusedHost.EVENT, refused.sentence());
    } catch (LeaseLostException over) {
      LOG.debugf(over, "Nobody is told any more: %s", refused.sentence());
    }
  }

  private static String note(List<String> missing) {
    if (missing.isEmpty()) {
      return "";
    }
    String words =
        missing.stream()
            .limit(MOST_NAMED)
            .map(word -> "`%s`".formatted(word.substring(0, Math.min(word.length(), LONGEST_NAME))))
            .collect(Collectors.joining(", "));
    int more = missing.size() - MOST_NAMED;
    return "`network` asks for %s%s, which this knight does not offer (`knight.network.offer`)."
        .formatted(words, more > 0 ? " and %d more".formatted(more) : "");
  }
}
