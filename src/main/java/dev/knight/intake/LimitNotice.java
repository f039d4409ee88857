package dev.knight.intake;

import dev.knight.github.GitHub;
import dev.knight.job.JobStore;
import dev.knight.job.JudgedMention;
import dev.knight.job.Mention;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.RefusedException;
import dev.knight.job.UnavailableException;
import dev.knight.job.Verdict;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Tells a person once in an hour that their requests are too many. A notice that does not get
 * through is not sent again: a second one would be worse than none.
 */
final class LimitNotice {
  private static final Logger LOG = Logger.getLogger(LimitNotice.class);

  private final GitHub github;
  private final JobStore store;
  private final TrustSettings settings;
  private final InstantSource clock;

  LimitNotice(GitHub github, JobStore store, TrustSettings settings, InstantSource clock) {
    this.github = github;
    this.store = store;
    this.settings = settings;
    this.clock = clock;
  }

  /** Those of {@code mentions}, which the store has not kept yet, whose authors are to be told. */
  List<Mention> due(List<JudgedMention> mentions) {
    Instant since = clock.instant().minus(Pace.WINDOW);
    Map<Long, Mention> first = new LinkedHashMap<>();
    mentions.stream()
        .filter(judged -> judged.verdict() == Verdict.LIMITED)
        .map(JudgedMention::mention)
        .forEach(mention -> first.putIfAbsent(mention.author().id(), mention));
    return first.values().stream()
        .filter(mention -> store.count(Verdict.LIMITED, mention.author(), since) == 0)
        .toList();
  }

  /** Tells the author of {@code mention}. */
  void tell(Mention mention) {
    try {
      github.comment(mention.subject(), text(mention.author().login()));
    } catch (UnavailableException | RefusedException | MisconfiguredException untold) {
      LOG.infof("%s is not told of the limit: %s", mention.author().login(), untold.getMessage());
    }
  }

  /** By its marker knight knows its own words. */
  private String text(String login) {
    return """
    @%s, within the last hour there were more requests than the owner of this knight allows (%d \
    of one person, %d in one repository). I left this one out, and leave out others like it \
    without another word. Nothing was started; ask again in an hour.

    <!-- knight:limit -->\
    """
        .formatted(login, settings.perPerson(), settings.perRepository());
  }
}
