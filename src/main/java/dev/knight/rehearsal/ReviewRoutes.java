package dev.knight.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;

/** Reviews of pull requests and the comments on their lines. */
final class ReviewRoutes {
  private static final String PULLS = "/repos/{owner}/{repo}/pulls";
  private static final String ONE = PULLS + "/{number}";

  private final Urls urls;
  private final ReviewJson json;

  ReviewRoutes(Urls urls) {
    this.urls = urls;
    this.json = new ReviewJson(urls, new PersonJson(urls));
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", PULLS + "/comments", this::allComments),
        Route.of("GET", PULLS + "/comments/{id}", this::comment),
        Route.of("GET", ONE + "/comments", this::comments),
        Route.of("POST", ONE + "/comments/{id}/replies", this::answer),
        Route.of("GET", ONE + "/reviews", this::reviews),
        Route.of("POST", ONE + "/reviews", this::review));
  }

  private Answer allComments(Call call) {
    return page(call, call.repository().listedComments().stream());
  }

  private Answer comments(Call call) {
    long number = call.pull().number();
    return page(
        call,
        call.repository().listedComments().stream().filter(comment -> comment.number() == number));
  }

  private Answer page(Call call, Stream<Comment> comments) {
    HostedRepository repository = call.repository();
    List<Comment> asked =
        Listing.comments(call, comments.filter(comment -> comment.line().isPresent()));
    return Paging.page(call, urls, asked, comment -> json.comment(repository, comment));
  }

  private Answer comment(Call call) {
    HostedRepository repository = call.repository();
    return repository
        .comment(call.number("id"))
        .filter(comment -> comment.line().isPresent())
        .map(comment -> Answer.ok(json.comment(repository, comment)))
        .orElseThrow(ApiError::notFound);
  }

  /** Answers go to the first comment of a thread, and to no answer. */
  private Answer answer(Call call) {
    HostedRepository repository = call.writable("pull_requests=write");
    Issue pull = call.pull();
    Comment first =
        repository
            .comment(call.number("id"))
            .filter(comment -> comment.number() == pull.number())
            .filter(comment -> comment.line().filter(it -> it.inReplyTo().isEmpty()).isPresent())
            .orElseThrow(ApiError::notFound);
    String body = IssueRoutes.body(call.text("body"), "PullRequestReviewComment");
    Comment answer =
        call.world().conversations().answer(repository, pull, call.caller(), first, body);
    return Answer.created(json.comment(repository, answer));
  }

  /** All of it or nothing: a comment on a line that the change does not show refuses the whole. */
  private Answer review(Call call) throws IOException {
    HostedRepository repository = call.writable("pull_requests=write");
    Issue pull = call.pull();
    Review.Opinion opinion = opinion(call);
    String body = IssueRoutes.body(call.given("body").orElse(""), "PullRequestReview");
    JsonNode comments = call.body().path("comments");
    if (opinion != Review.Opinion.APPROVED && body.isBlank() && comments.isEmpty()) {
      throw ApiError.unprocessable("A review needs a body or comments");
    }
    for (JsonNode comment : comments) {
      mustShow(repository, pull, comment);
    }
    Conversations conversations = call.world().conversations();
    Review review = conversations.review(repository, pull, call.caller(), opinion, body);
    for (JsonNode comment : comments) {
      Comment.Line line =
          new Comment.Line(
              comment.path("path").asText(),
              comment.path("line").asInt(),
              review.commit(),
              review.id(),
              Optional.empty());
      conversations.reviewComment(
          repository, pull, call.caller(), comment.path("body").asText(), line);
    }
    return Answer.ok(json.review(repository, review));
  }

  private static Review.Opinion opinion(Call call) {
    return switch (call.text("event")) {
      case "APPROVE" -> Review.Opinion.APPROVED;
      case "REQUEST_CHANGES" -> Review.Opinion.CHANGES_REQUESTED;
      case "COMMENT" -> Review.Opinion.COMMENTED;
      default -> throw ApiError.invalid("PullRequestReview", "event", "invalid");
    };
  }

  private static void mustShow(HostedRepository repository, Issue issue, JsonNode comment)
      throws IOException {
    Pull pull = issue.pull().orElseThrow();
    boolean shown =
        Change.shows(
            repository.git().jgit(),
            repository.git().head(pull.base()).orElseThrow(),
            ObjectId.fromString(pull.headCommit()),
            comment.path("path").asText(),
            comment.path("line").asInt());
    if (!shown || comment.path("body").asText().isBlank()) {
      throw ApiError.unprocessable("Line could not be resolved");
    }
  }

  private Answer reviews(Call call) {
    HostedRepository repository = call.repository();
    List<Review> reviews = repository.reviews(call.pull().number());
    return Paging.page(call, urls, reviews, review -> json.review(repository, review));
  }
}
