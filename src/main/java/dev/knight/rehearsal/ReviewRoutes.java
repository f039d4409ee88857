package dev.knight.rehearsal;

import java.util.List;
import java.util.stream.Stream;

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
        Route.of("GET", ONE + "/reviews", this::reviews));
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

  private Answer reviews(Call call) {
    HostedRepository repository = call.repository();
    List<Review> reviews = repository.reviews(call.pull().number());
    return Paging.page(call, urls, reviews, review -> json.review(repository, review));
  }
}
