package dev.knight.intake;

import dev.knight.job.JobStore;
import dev.knight.job.JudgedMention;
import dev.knight.job.Mention;
import dev.knight.job.Reply;
import dev.knight.job.Verdict;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells a person once in an hour that their requests are too many. */
final class LimitNotice {
  private final JobStore store;
  private final TrustSettings settings;
  private final InstantSource clock;

  LimitNotice(JobStore store, TrustSettings settings, InstantSource clock) {
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

  /** Has the author of {@code mention} told; twice is once. */
  void tell(Mention mention) {
    store.reply(
        Reply.in(
            mention.subject(),
            "limit " + mention.nodeId(),
            Optional.empty(),
            text(mention.author().login()),
            clock.instant()));
  }

  private String text(String login) {
    return """
    @%s, within the last hour there were more requests than the owner of this knight allows (%d \
    of one person, %d in one repository). I left this one out, and leave out others like it \
    without another word. Nothing was started; ask again in an hour.\
    """
        .formatted(login, settings.perPerson(), settings.perRepository());
  }
}
