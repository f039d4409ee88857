package dev.knight.web;

import dev.knight.api.SteerRequest;
import dev.knight.api.WrongStateException;
import dev.knight.job.Job;
import dev.knight.job.Mention;
import dev.knight.job.Order;
import dev.knight.job.Person;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What somebody at this machine adds to a job. */
final class OperatorsWord {
  private OperatorsWord() {}

  /**
   * What {@code request} says, as a mention.
   *
   * @param asked the mentions of {@code job} so far
   */
  static Mention of(Job job, List<Mention> asked, @Nullable SteerRequest request, Instant now) {
    SteerRequest said = checked(request);
    if (asked.isEmpty()) {
      throw new WrongStateException("Job %s has no request to add to".formatted(job.id()));
    }
    // GitHub's clock may be ahead, and what is added comes after what it is added to.
    Instant at =
        Stream.concat(Stream.of(now), asked.stream().map(Mention::at))
            .max(Comparator.naturalOrder())
            .orElse(now);
    return new Mention(
        "hand:" + UUID.randomUUID(),
        job.subject(),
        Mention.Source.COMMAND,
        job.subject().number(),
        new Person(0, name(said.by())),
        job.title(),
        said.text().strip(),
        asked.getFirst().link(),
        at,
        Optional.empty(),
        order(job));
  }

  /**
   * The words that made {@code job}, as a new request by the same person for the same thing.
   *
   * @param asked the mentions of {@code job}
   */
  static Mention again(Job job, List<Mention> asked, Instant now) {
    List<Mention> words = asked.stream().filter(one -> one.source().isWord()).toList();
    if (words.isEmpty()) {
      throw new WrongStateException("Job %s has no request to repeat".formatted(job.id()));
    }
    return new Mention(
        "hand:" + UUID.randomUUID(),
        job.subject(),
        Mention.Source.COMMAND,
        job.subject().number(),
        job.requester(),
        job.title(),
        words.stream().map(Mention::text).collect(Collectors.joining("\n\n")),
        words.getFirst().link(),
        now,
        Optional.empty(),
        words.getFirst().order());
  }

  /** Who answers a question is asked a further one; what changes something is another job. */
  private static Order order(Job job) {
    return switch (job.kind()) {
      case IMPLEMENT -> Order.DO;
      case ASK -> Order.ASK;
      case REVIEW ->
          throw new WrongStateException(
              "Job %s reviews, so nobody hears it; ask for more in its pull request"
                  .formatted(job.id()));
    };
  }

  private static SteerRequest checked(@Nullable SteerRequest request) {
    if (request == null || request.text() == null || request.text().isBlank()) {
      throw new IllegalArgumentException("Send {\"text\": ...}");
    }
    if (request.text().length() > SteerRequest.LONGEST) {
      throw new IllegalArgumentException(
          "The text is longer than %d characters".formatted(SteerRequest.LONGEST));
    }
    return request;
  }

  /** No account of GitHub's, and not to be taken for one. */
  private static String name(Optional<String> by) {
    return by.filter(name -> name.matches("[A-Za-z0-9._-]{1,32}"))
        .map(name -> name + " (at the terminal)")
        .orElse("the operator");
  }
}
