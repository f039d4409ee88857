package dev.knight.intake;

import dev.knight.github.GitHub;
import dev.knight.job.Event;
import dev.knight.job.Job;
import dev.knight.job.JobState.Answered;
import dev.knight.job.JobState.Done;
import dev.knight.job.JobState.Failed;
import dev.knight.job.JobState.NeedsYou;
import dev.knight.job.JobState.NoChange;
import dev.knight.job.JobState.Queued;
import dev.knight.job.JobState.Retrying;
import dev.knight.job.JobState.Running;
import dev.knight.job.JobState.Stopped;
import dev.knight.job.JobStore;
import dev.knight.job.JudgedMention;
import dev.knight.job.Mention;
import dev.knight.job.Order;
import dev.knight.job.Reply;
import dev.knight.job.StoredMention;
import dev.knight.job.Verdict;
import dev.knight.publish.AccountText;
import dev.knight.publish.HelpText;
import dev.knight.publish.OutgoingText;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What people say to knight about itself rather than about the code: {@code status}, {@code help}
 * and {@code retry}. It is answered in a reply, at most one of a kind to what was said under one
 * issue in a minute. Planned before the mention is kept: after a crash in between it is planned
 * again, however long that takes, and once.
 */
final class Asides {
  private final GitHub github;
  private final JobStore store;
  private final PollingSettings settings;
  private final OutgoingText outgoing;
  private final AccountText account;
  private final InstantSource clock;

  Asides(
      GitHub github,
      JobStore store,
      PollingSettings settings,
      OutgoingText outgoing,
      InstantSource clock) {
    this.github = github;
    this.store = store;
    this.settings = settings;
    this.outgoing = outgoing;
    this.account = new AccountText(store, outgoing, clock);
    this.clock = clock;
  }

  /** Answers what is such a word, and gives what is to be kept of {@code mentions}. */
  List<JudgedMention> answered(List<JudgedMention> mentions) {
    return mentions.stream().map(this::answered).toList();
  }

  private JudgedMention answered(JudgedMention judged) {
    Mention mention = judged.mention();
    return switch (judged.verdict()) {
      case ASIDE -> {
        reply(mention, mention.order() == Order.STATUS ? account(mention) : help(mention));
        yield judged;
      }
      case ACCEPTED -> mention.order() == Order.RETRY ? retried(judged) : judged;
      case STOP, STRANGER, BOT, LIMITED, STALE -> judged;
    };
  }

  /** The last job again: at once if it waits, from its request if it is over. */
  private JudgedMention retried(JudgedMention judged) {
    Mention mention = judged.mention();
    Optional<Job> last = store.about(mention.subject());
    if (last.isEmpty()) {
      return refused(judged, "There is no job of mine here to try again. " + help(mention));
    }
    Job job = last.get();
    if (store.events(job.id(), 0).stream().anyMatch(event -> event.text().equals(said(mention)))) {
      return aside(judged); // before a crash
    }
    return switch (job.state()) {
      case Retrying _ -> wanted(judged, job, job.retryNow(clock.instant()));
      case NeedsYou _ -> wanted(judged, job, job.answer(clock.instant()));
      case Queued _, Running _ ->
          refused(judged, "There is nothing to try again. " + account.of(job));
      case Done _ when !job.subject().equals(mention.subject()) ->
          refused(judged, "That is done: write what you want otherwise. " + account.of(job));
      case Failed(_, _, boolean limited) when limited ->
          wanted(judged, job, job.extend(mention.author().login(), mention.at(), clock.instant()));
      case Done _, Answered _, NoChange _, Failed _, Stopped _ -> again(judged, job);
    };
  }

  private JudgedMention wanted(JudgedMention judged, Job before, Job after) {
    Event told = Event.of(before.id(), clock.instant(), "retry", said(judged.mention()));
    store.replace(before, after, List.of(told));
    return aside(judged);
  }

  /** How the story tells of it: no other mention has that page. */
  private static String said(Mention mention) {
    return "%s said retry: %s".formatted(mention.author().login(), mention.link());
  }

  private JudgedMention refused(JudgedMention judged, String why) {
    reply(judged.mention(), why);
    return aside(judged);
  }

  /** The request that {@code job} was for, in the words of those who made it. */
  private JudgedMention again(JudgedMention judged, Job job) {
    List<Mention> asked =
        store.mentions(job.id()).stream()
            .map(StoredMention::mention)
            .filter(mention -> mention.source().isWord())
            .toList();
    if (asked.isEmpty()) {
      return refused(judged, "I do not know any more what that was. " + account.of(job));
    }
    Mention first = asked.getFirst();
    String text = asked.stream().map(Mention::text).collect(Collectors.joining("\n\n"));
    return new JudgedMention(
        judged.mention().repeating(first, text), judged.verdict(), judged.open());
  }

  private static JudgedMention aside(JudgedMention judged) {
    return new JudgedMention(judged.mention(), Verdict.ASIDE, judged.open());
  }

  private String account(Mention mention) {
    return store.about(mention.subject()).map(account::of).orElseGet(account::ofNothing);
  }

  private String help(Mention mention) {
    boolean onPullRequest = MentionGrammar.isOnPullRequest(mention.link());
    MentionGrammar grammar = new MentionGrammar(settings.names(github.me().login()));
    Optional<String> unknown = grammar.said(mention.text(), onPullRequest).flatMap(Said::unknown);
    return new HelpText(settings.name(), outgoing)
        .of(unknown, store.about(mention.subject()), onPullRequest);
  }

  private void reply(Mention mention, String body) {
    String key =
        "%s %s %d"
            .formatted(
                mention.order().name(), mention.subject(), mention.at().getEpochSecond() / 60);
    Optional<Job> job = store.about(mention.subject());
    store.reply(Reply.in(mention.subject(), key, job.map(Job::id), body, clock.instant()));
  }
}
