package dev.knight.ci;

import dev.knight.github.PullRequest;
import dev.knight.job.Job;
import dev.knight.job.JobStore;
import dev.knight.job.Mention;
import dev.knight.job.StoredMention;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** How knight tells a job of what it saw: as a mention that no person wrote. */
final class Sight {
  private final JobStore store;

  Sight(JobStore store) {
    this.store = store;
  }

  /**
   * What was seen of {@code pull}. GitHub's clock may be ahead of {@code now}, and this comes after
   * all that people have said: the first mention of a job is its request, and what was seen since
   * the last word of a person is counted.
   */
  Mention of(Job job, PullRequest pull, String nodeId, String words, Instant now) {
    Stream<Instant> before = store.mentions(job.id()).stream().map(stored -> stored.mention().at());
    return new Mention(
        nodeId,
        pull.subject(),
        Mention.Source.WATCH,
        pull.subject().number(),
        job.requester(),
        job.title(),
        words,
        pull.link(),
        Stream.concat(Stream.of(now), before).max(Comparator.naturalOrder()).orElse(now));
  }

  /** What {@code job} was told of since a person last said something. */
  List<Mention> sinceLastWord(Job job) {
    return store.mentions(job.id()).reversed().stream()
        .map(StoredMention::mention)
        .takeWhile(mention -> !mention.source().isWord())
        .toList();
  }
}
